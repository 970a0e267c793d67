import { Group, Paper, Select, Stack, Text } from "@mantine/core";
import { IconCreditCardOff } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api, result, type Schemas } from "../../api/client";
import { useChargestation, userName, useUsers } from "../../api/resources";
import { useFormat } from "../../parts/format";
import { EmptyState, ErrorState, Shown } from "../../parts/states";
import { tell } from "../../parts/tell";
import { useMe } from "../../shell/me";
import { useWords } from "../../words";

type UnknownCard = Schemas["UnknownCard"];

/** Cards that were refused because nobody knows them; a driver is chosen, and the card is theirs. */
export function UnknownCards() {
  const { cards: words } = useWords();
  const unknown = useQuery({
    queryKey: ["unknown_tokens", "list"],
    queryFn: ({ signal }) =>
      answer(api.GET("/tokens/unknown", { params: { query: { sort_by: "updatedAt", paginate_limit: 100 } }, signal })),
  });
  return (
    <Shown of={unknown}>
      {({ result: cards }) =>
        cards.length === 0 ? (
          <Paper>
            <EmptyState title={words.noUnknown} icon={IconCreditCardOff}>
              {words.noUnknownAbout}
            </EmptyState>
          </Paper>
        ) : (
          <Stack gap="xs">
            <Text size="sm" c="dimmed">
              {words.unknownAbout}
            </Text>
            {cards.map((card) => (
              <Unknown key={`${card.physicalId} ${card.chargestation}`} card={card} />
            ))}
          </Stack>
        )
      }
    </Shown>
  );
}

function Unknown({ card }: { card: UnknownCard }) {
  const { cards: words } = useWords();
  const format = useFormat();
  const { may } = useMe();
  const queries = useQueryClient();
  const users = useUsers();
  const station = useChargestation(card.chargestation);
  const assigning = useMutation({
    mutationFn: (user: string) =>
      result(api.POST("/tokens", { body: { physicalId: card.physicalId, type: "ISO14443", user, active: true } })),
    onSuccess: (_token, user) => {
      const driver = users.data?.result.find((u) => u._id === user);
      tell(words.assigned(card.physicalId, driver ? userName(driver) : user));
      void queries.invalidateQueries({ queryKey: ["unknown_tokens"] });
      void queries.invalidateQueries({ queryKey: ["counts", "unknown_tokens"] });
      void queries.invalidateQueries({ queryKey: ["tokens"] });
    },
  });
  return (
    <Paper p="sm">
      <Group justify="space-between">
        <div>
          <Text className="mono" fw={600}>
            {card.physicalId}
          </Text>
          <Text size="xs" c="dimmed">
            {[station.data?.name, words.seen(format.number(card.seen)), format.dateTime(card.updatedAt)]
              .filter(Boolean)
              .join(" · ")}
          </Text>
        </div>
        {may("write:tokens") && (
          <Select
            size="sm"
            w={240}
            searchable
            limit={100}
            placeholder={words.assign}
            aria-label={words.assignLabel(card.physicalId)}
            disabled={assigning.isPending}
            value={null}
            data={(users.data?.result ?? []).map((u) => ({ value: u._id, label: userName(u) }))}
            onChange={(user) => user && assigning.mutate(user)}
          />
        )}
      </Group>
      {assigning.error && <ErrorState error={assigning.error} />}
    </Paper>
  );
}
