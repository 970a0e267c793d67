import { useQueryClient } from "@tanstack/react-query";
import { api, result } from "../../api/client";
import { Confirm } from "../../parts/Confirm";
import { useFormat } from "../../parts/format";
import { tell } from "../../parts/tell";
import { useWords } from "../../words";
import { driverOf, type ExpandedSession } from "./expanded";

export function StopSession({
  opened,
  onClose,
  session,
}: {
  opened: boolean;
  onClose: () => void;
  session: ExpandedSession;
}) {
  const { sessions: words } = useWords();
  const format = useFormat();
  const queries = useQueryClient();
  const stop = async () => {
    await result(api.POST("/sessions/{id}/stop", { params: { path: { id: session._id } } }));
    tell(words.stopForm.requested);
    void queries.invalidateQueries({ queryKey: ["sessions", "one", session._id] });
  };
  const driver = driverOf(session);
  return (
    <Confirm
      opened={opened}
      onClose={onClose}
      title={words.stopForm.title}
      radius={[...(driver ? [driver] : []), format.energy(session.metrics.energyConsumed)]}
      act={words.stopForm.submit}
      onAct={stop}
    >
      {session.status === "created" ? words.stopForm.withdraw : words.stopForm.about}
    </Confirm>
  );
}
