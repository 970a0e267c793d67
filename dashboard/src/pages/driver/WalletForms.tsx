import { Checkbox, Group, Text, TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, result } from "../../api/client";
import { Amount } from "../../parts/Amount";
import { FormModal } from "../../parts/FormModal";
import { FormSegments } from "../../parts/FormSegments";
import { useFormat } from "../../parts/format";
import { ErrorState } from "../../parts/states";
import { tell } from "../../parts/tell";
import { useOnce } from "../../parts/useOnce";
import { useMe } from "../../shell/me";
import { useWords } from "../../words";
import type { WalletOf } from "./Wallet";

interface Props {
  wallet: WalletOf;
  onClose: () => void;
}

/** A booking changes the driver's page, the wallet and what waits. */
export function useBooked() {
  const queries = useQueryClient();
  return () => {
    for (const kind of ["wallets", "top_ups", "users"]) void queries.invalidateQueries({ queryKey: [kind] });
  };
}

export function Adjust({ wallet, onClose }: Props) {
  const { wallets: words } = useWords();
  const format = useFormat();
  const booked = useBooked();
  const once = useOnce();
  const [way, setWay] = useState("into");
  const [amount, setAmount] = useState<string | number>("");
  const [note, setNote] = useState("");
  const minor = format.inMinor(Number(amount), wallet.currency) * (way === "into" ? 1 : -1);
  const book = async () => {
    const asked = { params: { path: { id: wallet._id } }, body: { amount: minor, note } };
    await once((headers) => result(api.POST("/wallets/{id}/adjust", { ...asked, headers })));
    booked();
    tell(words.booked);
  };
  return (
    <FormModal
      title={words.adjustTitle}
      submit={words.book}
      onSubmit={book}
      onClose={onClose}
      isReady={minor !== 0 && note.trim() !== ""}
    >
      {(errors) => (
        <>
          <Text size="sm" c="dimmed">
            {words.adjustAbout}
          </Text>
          <FormSegments
            label={words.direction}
            value={way}
            data={[
              { value: "into", label: words.into },
              { value: "out", label: words.out },
            ]}
            onChange={setWay}
          />
          <Amount
            label={words.amount}
            currency={wallet.currency}
            error={errors.amount}
            value={amount}
            onChange={setAmount}
          />
          <TextInput
            label={words.note}
            description={words.noteHint}
            required
            maxLength={500}
            error={errors.note}
            value={note}
            onChange={(e) => setNote(e.currentTarget.value)}
          />
        </>
      )}
    </FormModal>
  );
}

export function TopUp({ wallet, onClose }: Props) {
  const { wallets: words } = useWords();
  const { me, may } = useMe();
  const format = useFormat();
  const booked = useBooked();
  const once = useOnce();
  const [amount, setAmount] = useState<string | number>("");
  const [gains, setGains] = useState<string | number>("");
  const [isPaid, setPaid] = useState(false);
  const provider = useQuery({
    queryKey: ["organizations", "provider", me.organization._id],
    queryFn: ({ signal }) =>
      result(
        api.GET("/organizations/{id}/payment_provider", { params: { path: { id: me.organization._id } }, signal }),
      ),
  });
  const isManual = provider.data?.provider === "manual";
  const minor = (value: string | number) => format.inMinor(Number(value), wallet.currency);
  const ask = async () => {
    const body = {
      wallet: wallet._id,
      amount: minor(amount),
      ...(gains === "" ? {} : { wallet_amount: minor(gains) }),
    };
    const made = await once((headers) => result(api.POST("/top_up", { body, headers })));
    booked();
    if (isPaid && isManual) {
      await result(api.POST("/top_up/{id}/complete", { params: { path: { id: made._id } } }));
      booked();
    }
    tell(isPaid && isManual ? words.booked : words.asked);
  };
  return (
    <FormModal
      title={words.topUp}
      submit={words.topUp}
      onSubmit={ask}
      onClose={onClose}
      isReady={minor(amount) > 0 && provider.data !== undefined}
    >
      {(errors) => (
        <>
          {provider.data && (
            <Text size="sm" c="dimmed">
              {isManual ? words.topUpAbout : words.topUpLink}
            </Text>
          )}
          {provider.error && <ErrorState error={provider.error} />}
          <Group grow align="flex-start">
            <Amount
              label={words.pays}
              currency={wallet.currency}
              error={errors.amount}
              value={amount}
              onChange={setAmount}
            />
            <Amount
              label={words.gains}
              description={words.gainsHint}
              isOptional
              currency={wallet.currency}
              error={errors.wallet_amount}
              value={gains}
              onChange={setGains}
            />
          </Group>
          {isManual && may("write:wallets") && (
            <Checkbox label={words.paidAlready} checked={isPaid} onChange={(e) => setPaid(e.currentTarget.checked)} />
          )}
        </>
      )}
    </FormModal>
  );
}
