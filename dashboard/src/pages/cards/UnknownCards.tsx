import { Group, Paper, Stack, Text } from "@mantine/core";
import { IconCreditCardOff } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api, result, type Schemas } from "../../api/client";
import { type User, useChargestation, userName } from "../../api/resources";
import { useFormat } from "../../parts/format";
import { Pick } from "../../parts/Pick";
import { drivers } from "../../parts/sources";
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
  const station = useChargestation(card.chargestation);
  const assigning = useMutation({
    mutationFn: ({ _id: user }: User) =>
      result(api.POST("/tokens", { body: { physicalId: card.physicalId, type: "ISO14443", user, active: true } })),
    onSuccess: (_token, driver) => {
      tell(words.assigned(card.physicalId, userName(driver)));
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
          <Pick
            source={drivers}
            size="sm"
            w={240}
            placeholder={words.assign}
            aria-label={words.assignLabel(card.physicalId)}
            disabled={assigning.isPending}
            value={null}
            onChange={(_id, driver) => driver && assigning.mutate(driver)}
          />
        )}
      </Group>
      {assigning.error && <ErrorState error={assigning.error} />}
    </Paper>
  );
}
