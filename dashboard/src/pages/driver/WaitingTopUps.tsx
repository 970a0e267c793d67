import { Button, Code, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api, result, type Schemas } from "../../api/client";
import { Confirm } from "../../parts/Confirm";
import { useFormat } from "../../parts/format";
import { Copy } from "../../parts/Secret";
import { tell } from "../../parts/tell";
import { useMe } from "../../shell/me";
import { useWords } from "../../words";
import type { WalletOf } from "./Wallet";
import classes from "./Wallet.module.css";
import { useBooked } from "./WalletForms";

type TopUp = Schemas["TopUp"];

/** Top-ups that nobody has paid yet: with the manual provider an operator says when they are. */
export function WaitingTopUps({ wallet }: { wallet: WalletOf }) {
  const { wallets: words } = useWords();
  const { may } = useMe();
  const format = useFormat();
  const booked = useBooked();
  const [asked, setAsked] = useState<{ deed: "complete" | "cancel"; topUp: TopUp }>();
  const waiting = useQuery({
    queryKey: ["top_ups", "some", wallet._id],
    enabled: may("read:top_ups"),
    queryFn: ({ signal }) =>
      answer(
        api.GET("/top_up", {
          params: { query: { wallet: wallet._id, status: "created", paginate_limit: 20 } },
          signal,
        }),
      ),
  });
  const found = waiting.data?.result ?? [];
  if (found.length === 0) return null;
  const act = async () => {
    if (!asked) return;
    const path = { params: { path: { id: asked.topUp._id } } };
    if (asked.deed === "complete") await result(api.POST("/top_up/{id}/complete", path));
    else await result(api.POST("/top_up/{id}/cancel", path));
    booked();
    if (asked.deed === "complete") tell(words.booked);
  };
  return (
    <Stack gap="xs" className={classes.waiting}>
      <Text size="sm" fw={600}>
        {words.open}
      </Text>
      {found.map((topUp) => (
        <Group key={topUp._id} justify="space-between" gap="xs">
          <div>
            <Text size="sm">
              {words.openOne(format.minor(topUp.amount, topUp.currency), format.when(topUp.createdAt))}
            </Text>
            {topUp.url && (
              <Group gap="xs">
                <Code style={{ overflowWrap: "anywhere" }}>{topUp.url}</Code>
                <Copy value={topUp.url} />
              </Group>
            )}
          </div>
          {topUp.provider === "manual" && (
            <Group gap="xs">
              {may("write:top_ups") && (
                <Button size="compact-sm" variant="default" onClick={() => setAsked({ deed: "cancel", topUp })}>
                  {words.giveUp}
                </Button>
              )}
              {may("write:wallets") && (
                <Button size="compact-sm" onClick={() => setAsked({ deed: "complete", topUp })}>
                  {words.paid}
                </Button>
              )}
            </Group>
          )}
        </Group>
      ))}
      <Confirm
        opened={asked !== undefined}
        onClose={() => setAsked(undefined)}
        title={asked?.deed === "complete" ? words.paidTitle : words.giveUp}
        radius={
          asked
            ? [
                asked.deed === "complete"
                  ? words.gain(format.minor(asked.topUp.wallet_amount, asked.topUp.currency))
                  : words.openOne(
                      format.minor(asked.topUp.amount, asked.topUp.currency),
                      format.when(asked.topUp.createdAt),
                    ),
              ]
            : []
        }
        act={asked?.deed === "complete" ? words.book : words.giveUp}
        onAct={act}
      >
        {asked?.deed === "complete" ? words.paidAbout : words.giveUpAbout}
      </Confirm>
    </Stack>
  );
}
