import { Button, Group, Modal, Select, Stack } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api, result } from "../../api/client";
import { type Connector, mostRows } from "../../api/resources";
import { ErrorState } from "../../parts/states";
import { useWords } from "../../words";

export function SetRate({ connector, onClose }: { connector: Connector; onClose: () => void }) {
  const { chargestation: words, common } = useWords();
  const queries = useQueryClient();
  const held = connector.rate as { _id?: string } | undefined;
  const [rate, setRate] = useState(held?._id ?? null);
  const rates = useQuery({
    queryKey: ["rates", "some", "all"],
    queryFn: ({ signal }) => answer(api.GET("/rates", { params: { query: { paginate_limit: mostRows } }, signal })),
  });
  const saving = useMutation({
    mutationFn: () =>
      result(
        api.PATCH("/connectors/{id}", { params: { path: { id: connector._id } }, body: { rate: rate ?? undefined } }),
      ),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ["chargestations"] });
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={words.setRate} closeButtonProps={{ "aria-label": common.close }}>
      <Stack>
        <Select
          data-autofocus
          label={words.rate}
          searchable
          value={rate}
          data={(rates.data?.result ?? []).map((r) => ({ value: r._id, label: r.name }))}
          onChange={setRate}
        />
        {saving.error && <ErrorState error={saving.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {common.cancel}
          </Button>
          <Button onClick={() => saving.mutate()} loading={saving.isPending} disabled={!rate}>
            {common.save}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
