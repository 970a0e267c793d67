import { Button, Paper, Skeleton, Text } from "@mantine/core";
import { IconChargingPile } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { useFormat } from "../../parts/format";
import { PageHead } from "../../parts/PageHead";
import { EmptyState } from "../../parts/states";
import { useMe } from "../../shell/me";
import { useWords } from "../../words";
import { Alerts } from "./Alerts";
import { Days } from "./Days";
import { useCounts, useRunning } from "./figures";
import { MapPanel } from "./MapPanel";
import { connectorsOf, useDays, useNetwork } from "./network";
import classes from "./Overview.module.css";
import { Running } from "./Running";

export default function Overview() {
  const { overview: words, shell } = useWords();
  const { may } = useMe();
  const counts = useCounts(may("read:webhooks"));
  const running = useRunning();
  const { data: network } = useNetwork();
  const days = useDays();
  const faulted = connectorsOf(network, "Faulted");
  const format = useFormat();
  const n = (value: number | undefined) => (value === undefined ? undefined : format.number(value));
  // Stations that knock before any is registered need somebody, too.
  if (network?.chargestations.total === 0 && !network.unknown_stations)
    return (
      <>
        <PageHead title={shell.pages.overview} />
        <Paper>
          <EmptyState
            title={words.welcome.title}
            icon={IconChargingPile}
            action={
              <Button component={Link} to="/first-steps">
                {words.welcome.go}
              </Button>
            }
          >
            {words.welcome.about}
          </EmptyState>
        </Paper>
      </>
    );
  return (
    <>
      <PageHead title={shell.pages.overview} />
      <div className={classes.tiles}>
        <Tile
          name={words.tiles.stations}
          value={n(network?.chargestations.online)}
          beside={network && words.ofOnline(format.number(network.chargestations.total))}
          to="/chargestations?online=true"
        />
        <Tile
          name={words.tiles.charging}
          value={n(connectorsOf(network, "Charging", "Occupied"))}
          beside={network && words.ofTotal(format.number(connectorsOf(network) ?? 0))}
        />
        <Tile name={words.tiles.free} value={n(connectorsOf(network, "Available"))} />
        <Tile name={words.tiles.sessions} value={n(network?.sessions.started)} to="/sessions?status=Started" />
        <Tile name={words.tiles.power} value={network && format.power(network.power)} />
        <Tile name={words.tiles.faulted} value={n(faulted)} isBad={(faulted ?? 0) > 0} />
      </div>
      <div className="grid">
        <div data-span={8}>
          <Days days={days} />
        </div>
        <div data-span={4}>
          <Alerts counts={counts} faulted={faulted} unknownStations={network?.unknown_stations} />
        </div>
        <div data-span={7}>
          <MapPanel />
        </div>
        <div data-span={5}>
          <Running running={running} />
        </div>
      </div>
    </>
  );
}

interface TileProps {
  name: string;
  value: string | undefined;
  beside?: ReactNode;
  to?: string;
  isBad?: boolean;
}

function Tile({ name, value, beside, to, isBad }: TileProps) {
  const body = (
    <>
      <Text size="xs" c="dimmed" component="span" display="block">
        {name}
      </Text>
      {value === undefined ? (
        <Skeleton height={24} width={70} mt={6} />
      ) : (
        <span className={classes.figure} data-bad={isBad || undefined}>
          {value}
          {beside && <small>{beside}</small>}
        </span>
      )}
    </>
  );
  if (!to) return <Paper className={classes.tile}>{body}</Paper>;
  return (
    <Paper component={Link} to={to} className={classes.tile} data-link>
      {body}
    </Paper>
  );
}
