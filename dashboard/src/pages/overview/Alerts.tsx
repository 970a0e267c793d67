import {
  type Icon,
  IconChevronRight,
  IconCircleCheck,
  IconCreditCardOff,
  IconPlugConnected,
  IconPlugOff,
  IconShieldExclamation,
  IconWebhookOff,
} from "@tabler/icons-react";
import { Link } from "react-router";
import { useFormat } from "../../parts/format";
import { Panel } from "../../parts/Panel";
import { EmptyState } from "../../parts/states";
import { useWords } from "../../words";
import { Faulted } from "./Faulted";
import type { useCounts } from "./figures";
import classes from "./Overview.module.css";

interface Props {
  counts: ReturnType<typeof useCounts>;
  faulted: number | undefined;
  unknownStations: number | undefined;
}

export function Alerts({ counts, faulted, unknownStations }: Props) {
  const { overview } = useWords();
  const words = overview.alerts;
  const format = useFormat();
  const all: [number | undefined, (count: string) => string, Icon, string][] = [
    [counts.offline, words.offline, IconPlugOff, "/chargestations?online=false&active=true"],
    [unknownStations, words.unknownStations, IconPlugConnected, "/chargestations?tab=unknown"],
    [counts.unknownCards, words.unknown, IconCreditCardOff, "/cards?tab=unknown"],
    [counts.webhooksOff, words.webhooks, IconWebhookOff, "/webhooks"],
    [counts.securityEvents, words.security, IconShieldExclamation, "/chargestations"],
  ];
  const shown = all.filter(([count]) => count !== undefined && count > 0);
  return (
    <Panel title={words.title} isFlush>
      <Faulted count={faulted} />
      {shown.length === 0 && !faulted ? (
        <EmptyState title={words.none} icon={IconCircleCheck}>
          {words.noneAbout}
        </EmptyState>
      ) : (
        shown.map(([count, worded, Shape, to]) => (
          <Link key={to} to={to} className={classes.line}>
            <Shape size={18} stroke={1.7} aria-hidden />
            <span>{worded(format.number(count ?? 0))}</span>
            <IconChevronRight size={16} aria-hidden />
          </Link>
        ))
      )}
    </Panel>
  );
}
