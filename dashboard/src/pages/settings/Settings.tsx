import { Stack } from "@mantine/core";
import { PageHead } from "../../parts/PageHead";
import { useWords } from "../../words";
import { Organization } from "./Organization";
import { Password } from "./Password";
import { SignIns } from "./SignIns";

export default function Settings() {
  const { shell } = useWords();
  return (
    <>
      <PageHead title={shell.pages.settings} />
      <div className="grid">
        <div data-span={6}>
          <Organization />
        </div>
        <Stack gap="md" data-span={6}>
          <Password />
          <SignIns />
        </Stack>
      </div>
    </>
  );
}
