import { Button, Select, Switch, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, result } from "../../api/client";
import { orNone } from "../../api/orNone";
import { Confirm } from "../../parts/Confirm";
import { FormModal } from "../../parts/FormModal";
import { Pick } from "../../parts/Pick";
import { drivers } from "../../parts/sources";
import { tell } from "../../parts/tell";
import { useWords } from "../../words";
import type { Card } from "./KnownCards";

const types = ["ISO14443", "ISO15693", "KeyCode", "Central", "eMAID", "MacAddress", "NoAuthorization"] as const;

function idOf(user: unknown): string | null {
  if (typeof user === "string") return user;
  return (user as { _id?: string } | undefined)?._id ?? null;
}

export function CardForm({ card, onClose }: { card?: Card; onClose: () => void }) {
  const { cards: words, common } = useWords();
  const queries = useQueryClient();
  const [physicalId, setPhysicalId] = useState(card?.physicalId ?? "");
  const [type, setType] = useState(card?.type ?? "ISO14443");
  const [user, setUser] = useState(idOf(card?.user));
  const [group, setGroup] = useState(card?.group ?? "");
  const [active, setActive] = useState(card?.active ?? true);
  const [isRemoving, setRemoving] = useState(false);
  const refresh = () => void queries.invalidateQueries({ queryKey: ["tokens"] });
  const save = async () => {
    const kind = types.find((t) => t === type) ?? "ISO14443";
    const body = { physicalId, type: kind, active, user: orNone(user ?? ""), group: orNone(group) };
    if (card) await result(api.PATCH("/tokens/{id}", { params: { path: { id: card._id } }, body }));
    else await result(api.POST("/tokens", { body }));
    refresh();
    tell(common.saved);
  };
  const remove = async () => {
    if (card) await result(api.DELETE("/tokens/{id}", { params: { path: { id: card._id } } }));
    refresh();
    onClose();
  };
  if (isRemoving)
    return (
      <Confirm
        opened
        onClose={() => setRemoving(false)}
        title={words.remove}
        radius={[physicalId]}
        act={common.delete}
        onAct={remove}
      >
        {words.removeAbout}
      </Confirm>
    );
  return (
    <FormModal title={card ? words.edit : words.add} submit={common.save} onSubmit={save} onClose={onClose}>
      {(errors) => (
        <>
          <TextInput
            data-autofocus
            label={words.fields.physicalId}
            required
            maxLength={36}
            error={errors.physicalId}
            value={physicalId}
            onChange={(e) => setPhysicalId(e.currentTarget.value)}
          />
          <Pick
            label={words.fields.user}
            source={drivers}
            clearable
            placeholder={words.nobody}
            error={errors.user}
            value={user}
            onChange={setUser}
          />
          <Select
            label={words.fields.type}
            allowDeselect={false}
            error={errors.type}
            value={type}
            data={[...types]}
            onChange={(next) => setType(next ?? "ISO14443")}
          />
          <TextInput
            label={words.fields.group}
            description={words.fields.groupHint}
            maxLength={20}
            error={errors.group}
            value={group}
            onChange={(e) => setGroup(e.currentTarget.value)}
          />
          <Switch label={words.fields.active} checked={active} onChange={(e) => setActive(e.currentTarget.checked)} />
          {card && (
            <div>
              <Button size="compact-sm" variant="subtle" color="red" onClick={() => setRemoving(true)}>
                {words.remove}
              </Button>
            </div>
          )}
        </>
      )}
    </FormModal>
  );
}
