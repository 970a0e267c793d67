import { IconMapPin } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import { useLocations } from "../../api/resources";
import { Panel } from "../../parts/Panel";
import { EmptyState, Loading, Shown } from "../../parts/states";
import { useWords } from "../../words";

const LocationMap = lazy(() => import("./LocationMap"));

export function MapPanel() {
  const { overview } = useWords();
  const words = overview.map;
  const locations = useLocations();
  return (
    <Panel title={words.title} isFlush>
      <Shown of={locations}>
        {({ result }) => {
          const placed = result.filter((location) => location.coordinates?.length === 2);
          if (placed.length === 0)
            return (
              <EmptyState title={words.none} icon={IconMapPin}>
                {words.noneAbout}
              </EmptyState>
            );
          return (
            <Suspense fallback={<Loading lines={9} />}>
              <LocationMap locations={placed} />
            </Suspense>
          );
        }}
      </Shown>
    </Panel>
  );
}
