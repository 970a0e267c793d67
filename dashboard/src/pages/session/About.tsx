import { Anchor } from "@mantine/core";
import { Link } from "react-router";
import { Facts } from "../../parts/Facts";
import { useFormat } from "../../parts/format";
import { Panel } from "../../parts/Panel";
import { useWords } from "../../words";
import { driverOf, type ExpandedSession, stationOf } from "../sessions/expanded";

export function About({ session }: { session: ExpandedSession }) {
  const { session: words, sessions } = useWords();
  const format = useFormat(session.metrics.timezone);
  const { metrics, target } = session;
  const station = stationOf(session);
  const currency = session.cost?.currency ?? "EUR";
  const meter = [metrics.meterStart, metrics.meterStop]
    .filter((v) => v !== undefined)
    .map((v) => `${format.number(v)} Wh`);
  const targets = [
    target.time !== undefined && words.targets.time(format.number(target.time)),
    target.energy !== undefined && words.targets.energy(format.number(target.energy, 1)),
    target.cost !== undefined && words.targets.cost(format.money(target.cost, currency)),
    target.state_of_charge !== undefined && words.targets.soc(format.number(target.state_of_charge)),
  ];
  const reviews = session.review.map((r) => (words.reviews as Record<string, string>)[r] ?? r);
  return (
    <Panel title={words.facts.title}>
      <Facts
        of={[
          [words.facts.driver, driverOf(session) ?? sessions.unknownDriver],
          [
            words.facts.station,
            <Anchor key="station" component={Link} to={`/chargestations/${station.id}`} size="sm">
              {station.name}
            </Anchor>,
          ],
          [words.facts.source, (sessions.sources as Record<string, string>)[session.source] ?? session.source],
          [words.facts.began, metrics.chargingStart && format.exact(metrics.chargingStart)],
          [words.facts.ended, metrics.chargingStop && format.exact(metrics.chargingStop)],
          [
            words.facts.reason,
            (words.reasons as Record<string, string>)[session.stop_reason ?? ""] ?? session.stop_reason,
          ],
          [words.facts.meter, meter.join(" – ")],
          [words.facts.target, targets.filter(Boolean).join(", ")],
          [words.facts.payment, session.payment?.status],
          [words.facts.review, reviews.join(", ")],
          [
            words.facts.id,
            <span key="id" className="mono">
              {session._id}
            </span>,
          ],
        ]}
      />
    </Panel>
  );
}
