import { Select, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, result } from "../../api/client";
import { FormModal } from "../../parts/FormModal";
import { tell } from "../../parts/tell";
import { useWords } from "../../words";
import type { Operator } from "./Operators";

const roles = ["Admin", "Support", "Viewer"] as const;

interface Props {
  operator?: Operator;
  onClose: () => void;
  onInvited: (operator: Operator) => void;
}

export function OperatorForm({ operator, onClose, onInvited }: Props) {
  const { operators: words, common } = useWords();
  const queries = useQueryClient();
  const [email, setEmail] = useState(operator?.email ?? "");
  const [name, setName] = useState(operator?.name ?? "");
  const [role, setRole] = useState(operator?.role ?? "Viewer");
  const save = async () => {
    const chosen = roles.find((r) => r === role) ?? "Viewer";
    if (operator) {
      const change = { ...(name ? { name } : {}), ...(chosen === operator.role ? {} : { role: chosen }) };
      await result(api.PATCH("/admins/{id}", { params: { path: { id: operator._id } }, body: change }));
      tell(common.saved);
    } else onInvited(await result(api.POST("/admins", { body: { email, role: chosen, ...(name ? { name } : {}) } })));
    void queries.invalidateQueries({ queryKey: ["admins"] });
  };
  return (
    <FormModal title={operator ? words.change : words.add} submit={common.save} onSubmit={save} onClose={onClose}>
      {(errors) => (
        <>
          <TextInput
            data-autofocus={!operator || undefined}
            type="email"
            label={words.fields.email}
            required
            disabled={operator !== undefined}
            error={errors.email}
            value={email}
            onChange={(e) => setEmail(e.currentTarget.value)}
          />
          <TextInput
            label={words.fields.name}
            error={errors.name}
            value={name}
            onChange={(e) => setName(e.currentTarget.value)}
          />
          <Select
            label={words.fields.role}
            allowDeselect={false}
            error={errors.role}
            value={role}
            data={roles.map((r) => ({ value: r, label: words.roles[r] }))}
            onChange={(next) => setRole(next ?? "Viewer")}
          />
        </>
      )}
    </FormModal>
  );
}
