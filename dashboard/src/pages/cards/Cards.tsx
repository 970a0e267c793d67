import { Button, Tabs } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { PageHead } from "../../parts/PageHead";
import { useFilters } from "../../parts/useFilters";
import { useMe } from "../../shell/me";
import { useWords } from "../../words";
import { CardForm } from "./CardForm";
import { KnownCards } from "./KnownCards";
import { UnknownCards } from "./UnknownCards";

const filterNames = ["tab"] as const;

export default function Cards() {
  const { cards: words, shell } = useWords();
  const { may } = useMe();
  const { values, set } = useFilters(filterNames);
  const [isAdding, setAdding] = useState(false);
  const tab = values.tab === "unknown" ? "unknown" : "known";
  return (
    <>
      <PageHead
        title={shell.pages.cards}
        actions={
          may("write:tokens") && (
            <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
              {words.add}
            </Button>
          )
        }
      />
      <Tabs
        value={tab}
        onChange={(next) => set("tab", next === "unknown" ? next : undefined)}
        keepMounted={false}
        style={{ flex: 1, display: "flex", flexDirection: "column", minHeight: 0 }}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="known">{words.tabs.known}</Tabs.Tab>
          <Tabs.Tab value="unknown">{words.tabs.unknown}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value={tab} style={{ flex: 1, display: "flex", flexDirection: "column", minHeight: 0 }}>
          {tab === "known" ? <KnownCards /> : <UnknownCards />}
        </Tabs.Panel>
      </Tabs>
      {isAdding && <CardForm onClose={() => setAdding(false)} />}
    </>
  );
}
