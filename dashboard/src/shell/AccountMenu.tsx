import { ActionIcon, Menu, Text, useMantineColorScheme } from "@mantine/core";
import { IconCheck, IconLogout, IconUser } from "@tabler/icons-react";
import { usePreferences } from "../parts/preferences";
import { languages, useWords } from "../words";
import { useMe } from "./me";

const schemes = ["light", "dark", "auto"] as const;
const zones = ["viewer", "site"] as const;

export function AccountMenu() {
  const { shell } = useWords();
  const { me, signOut } = useMe();
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const { language, zone, prefer } = usePreferences();
  const tick = (isChosen: boolean) => (isChosen ? <IconCheck size={15} /> : undefined);
  return (
    <Menu position="bottom-end" width={270} withinPortal>
      <Menu.Target>
        <ActionIcon variant="default" size={36} radius="xl" aria-label={shell.account}>
          <IconUser size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} c="var(--mantine-color-text)" truncate>
            {me.admin?.email}
          </Text>
          {shell.signedInAs(me.admin?.role ?? "")}, {me.organization.name}
        </Menu.Label>
        <Menu.Divider />
        <Menu.Label>{shell.appearance}</Menu.Label>
        {schemes.map((scheme) => (
          <Menu.Item
            key={scheme}
            closeMenuOnClick={false}
            rightSection={tick(colorScheme === scheme)}
            onClick={() => setColorScheme(scheme)}
          >
            {shell.schemes[scheme]}
          </Menu.Item>
        ))}
        <Menu.Label>{shell.language}</Menu.Label>
        {Object.entries(languages).map(([code, name]) => (
          <Menu.Item
            key={code}
            lang={code}
            closeMenuOnClick={false}
            rightSection={tick(language === code)}
            onClick={() => prefer({ language: code as keyof typeof languages })}
          >
            {name}
          </Menu.Item>
        ))}
        <Menu.Label>{shell.zone}</Menu.Label>
        {zones.map((z) => (
          <Menu.Item
            key={z}
            closeMenuOnClick={false}
            rightSection={tick(zone === z)}
            onClick={() => prefer({ zone: z })}
          >
            {shell.zones[z]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void signOut()}>
          {shell.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
