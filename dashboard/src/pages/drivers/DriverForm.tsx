import { Group, Switch, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, result } from "../../api/client";
import { orNone } from "../../api/orNone";
import type { User } from "../../api/resources";
import { FormModal } from "../../parts/FormModal";
import { tell } from "../../parts/tell";
import { useWords } from "../../words";

export function DriverForm({ user, onClose }: { user?: User; onClose: () => void }) {
  const { drivers: words, common } = useWords();
  const queries = useQueryClient();
  const [firstname, setFirstname] = useState(user?.firstname ?? "");
  const [lastname, setLastname] = useState(user?.lastname ?? "");
  const [email, setEmail] = useState(user?.email ?? "");
  const [mobile, setMobile] = useState(user?.phone?.mobile ?? "");
  const [active, setActive] = useState(user?.active ?? true);
  const save = async () => {
    const body = {
      firstname,
      lastname,
      active,
      email: orNone(email),
      phone: { ...user?.phone, mobile: orNone(mobile) },
    };
    if (user) await result(api.PATCH("/users/{id}", { params: { path: { id: user._id } }, body }));
    else await result(api.POST("/users", { body }));
    void queries.invalidateQueries({ queryKey: ["users"] });
    tell(common.saved);
  };
  return (
    <FormModal title={user ? words.edit : words.add} submit={common.save} onSubmit={save} onClose={onClose}>
      {(errors) => (
        <>
          <Group grow align="flex-start">
            <TextInput
              data-autofocus
              label={words.fields.firstname}
              error={errors.firstname}
              value={firstname}
              onChange={(e) => setFirstname(e.currentTarget.value)}
            />
            <TextInput
              label={words.fields.lastname}
              error={errors.lastname}
              value={lastname}
              onChange={(e) => setLastname(e.currentTarget.value)}
            />
          </Group>
          <TextInput
            type="email"
            label={words.fields.email}
            error={errors.email}
            value={email}
            onChange={(e) => setEmail(e.currentTarget.value)}
          />
          <TextInput
            type="tel"
            label={words.fields.phone}
            error={errors["phone.mobile"]}
            value={mobile}
            onChange={(e) => setMobile(e.currentTarget.value)}
          />
          <Switch label={words.fields.active} checked={active} onChange={(e) => setActive(e.currentTarget.checked)} />
        </>
      )}
    </FormModal>
  );
}
