import { Button, Group, Stack, Table, Text, TextInput } from "@mantine/core";
import { IconWallet } from "@tabler/icons-react";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { answer, api, result, type Schemas } from "../../api/client";
import type { User } from "../../api/resources";
import { FormModal } from "../../parts/FormModal";
import { useFormat } from "../../parts/format";
import { Panel } from "../../parts/Panel";
import { Scrollable } from "../../parts/Scrollable";
import { EmptyState, Shown } from "../../parts/states";
import { useMe } from "../../shell/me";
import { useWords } from "../../words";
import { WaitingTopUps } from "./WaitingTopUps";
import classes from "./Wallet.module.css";
import { Adjust, TopUp } from "./WalletForms";

export type WalletOf = Schemas["Wallet"];
const shownAtOnce = 20;

/** A driver's money: what there is, what is held, what was booked. */
export function Wallet({ user }: { user: User }) {
  const { wallets: words } = useWords();
  const { may } = useMe();
  const [open, setOpen] = useState<"adjust" | "topUp">();
  const wallet = useQuery({
    queryKey: ["wallets", "some", user._id, "wallet"],
    queryFn: async ({ signal }): Promise<WalletOf | null> => {
      const found = await answer(api.GET("/wallets", { params: { query: { user: user._id } }, signal }));
      return found.result[0] ?? null;
    },
  });
  const found = wallet.data;
  return (
    <Panel
      title={words.title}
      isFlush
      actions={
        found && (
          <>
            {may("write:wallets") && (
              <Button size="xs" variant="default" onClick={() => setOpen("adjust")}>
                {words.adjust}
              </Button>
            )}
            {may("write:top_ups") && (
              <Button size="xs" onClick={() => setOpen("topUp")}>
                {words.topUp}
              </Button>
            )}
          </>
        )
      }
    >
      <Shown of={wallet} lines={3}>
        {(known) => (known ? <Money wallet={known} /> : <None user={user} />)}
      </Shown>
      {found && open === "adjust" && <Adjust wallet={found} onClose={() => setOpen(undefined)} />}
      {found && open === "topUp" && <TopUp wallet={found} onClose={() => setOpen(undefined)} />}
    </Panel>
  );
}

function None({ user }: { user: User }) {
  const { wallets: words } = useWords();
  const { may } = useMe();
  const queries = useQueryClient();
  const [isMaking, setMaking] = useState(false);
  const [currency, setCurrency] = useState("");
  const make = async () => {
    await result(api.POST("/wallets", { body: { user: user._id, ...(currency ? { currency } : {}) } }));
    void queries.invalidateQueries({ queryKey: ["wallets"] });
  };
  return (
    <>
      <EmptyState
        title={words.none}
        icon={IconWallet}
        action={
          may("write:wallets") && (
            <Button variant="default" onClick={() => setMaking(true)}>
              {words.make}
            </Button>
          )
        }
      >
        {words.noneAbout}
      </EmptyState>
      {isMaking && (
        <FormModal title={words.make} submit={words.make} onSubmit={make} onClose={() => setMaking(false)}>
          {(errors) => (
            <TextInput
              data-autofocus
              label={words.currency}
              description={words.currencyHint}
              maxLength={3}
              error={errors.currency}
              value={currency}
              onChange={(e) => setCurrency(e.currentTarget.value.toUpperCase())}
            />
          )}
        </FormModal>
      )}
    </>
  );
}

function Money({ wallet }: { wallet: WalletOf }) {
  const { wallets: words } = useWords();
  const format = useFormat();
  const money = (amount: number) => format.minor(amount, wallet.currency);
  const figures: [string, number][] = [
    [words.available, wallet.available],
    [words.held, wallet.held],
    [words.balance, wallet.balance],
  ];
  return (
    <>
      <dl className={classes.figures}>
        {figures.map(([name, amount]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{money(amount)}</dd>
          </div>
        ))}
      </dl>
      <WaitingTopUps wallet={wallet} />
      <Bookings wallet={wallet} />
    </>
  );
}

function Bookings({ wallet }: { wallet: WalletOf }) {
  const { wallets: words, common } = useWords();
  const format = useFormat();
  const [limit, setLimit] = useState(shownAtOnce);
  const booked = useQuery({
    queryKey: ["wallets", "some", wallet._id, "transactions", limit],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      answer(
        api.GET("/wallets/{id}/transactions", {
          params: { path: { id: wallet._id }, query: { paginate_limit: limit } },
          signal,
        }),
      ),
  });
  const types = words.types as Record<string, string>;
  return (
    <Shown of={booked} lines={3}>
      {({ result: found, total }) =>
        found.length === 0 ? (
          <Text size="sm" c="dimmed" px="md" pb="md">
            {words.noTransactions}
          </Text>
        ) : (
          <Stack gap="xs" pb="sm">
            <Scrollable label={words.transactions}>
              <Table className="tabular">
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{words.columns.what}</Table.Th>
                    <Table.Th ta="right">{words.columns.when}</Table.Th>
                    <Table.Th ta="right">{words.columns.amount}</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {found.map((one) => (
                    <Table.Tr key={one._id}>
                      <Table.Td>
                        <Reference type={one.type} id={one.reference}>
                          {types[one.type] ?? one.type}
                        </Reference>
                        {one.note && (
                          <Text size="xs" c="dimmed">
                            {one.note}
                          </Text>
                        )}
                      </Table.Td>
                      <Table.Td ta="right">{format.when(one.createdAt)}</Table.Td>
                      <Table.Td ta="right" fw={600}>
                        {one.amount > 0 && "+"}
                        {format.minor(one.amount, one.currency)}
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Scrollable>
            {total > found.length && (
              <Group px="md" gap="sm">
                <Text size="xs" c="dimmed">
                  {words.newest(format.number(found.length), format.number(total))}
                </Text>
                <Button size="compact-xs" variant="subtle" onClick={() => setLimit((now) => Math.min(now * 5, 1000))}>
                  {common.more}
                </Button>
              </Group>
            )}
          </Stack>
        )
      }
    </Shown>
  );
}

/** What a session cost leads to the session; the others have no page. */
function Reference({ type, id, children }: { type: string; id: string | undefined; children: string }) {
  if (!id || (type !== "capture" && type !== "refund")) return children;
  return <Link to={`/sessions/${id}`}>{children}</Link>;
}
