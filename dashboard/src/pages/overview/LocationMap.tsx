import "maplibre-gl/dist/maplibre-gl.css";
import { Text, useComputedColorScheme } from "@mantine/core";
import { useEffect, useMemo, useRef, useState } from "react";
import { useNavigate } from "react-router";
import type { Location } from "../../api/resources";
import { useFormat } from "../../parts/format";
import { usePreferences } from "../../parts/preferences";
import { useWords } from "../../words";
import { draw, type Place } from "./mapView";
import classes from "./Overview.module.css";
import { tilesOf } from "./tiles";

/** Locations over the outlines of countries, which come with the dashboard, and over tiles where the operator set some. */
export default function LocationMap({ locations }: { locations: Location[] }) {
  const { overview } = useWords();
  const words = overview.map;
  const { language } = usePreferences();
  const format = useFormat();
  const navigate = useNavigate();
  const scheme = useComputedColorScheme("light");
  const box = useRef<HTMLDivElement>(null);
  const [isUnsupported, setUnsupported] = useState(false);
  const tiles = useMemo(() => tilesOf(), []);

  // The list is another array after each reading; the map is drawn anew only for other places.
  const label = words.label(format.number(locations.length));
  const places = JSON.stringify(locations.map(({ _id, name, coordinates }) => ({ _id, name, coordinates })));

  useEffect(() => {
    if (!box.current) return;
    const map = draw(box.current, JSON.parse(places) as Place[], {
      scheme,
      tiles,
      words: { ...words, label, language },
      show: (id) => void navigate(`/chargestations?location=${id}`),
    });
    if (!map) setUnsupported(true);
    return () => map?.remove();
  }, [places, scheme, tiles, navigate, label, words, language]);

  if (isUnsupported)
    return (
      <Text size="sm" c="dimmed" p="md">
        {words.unsupported}
      </Text>
    );
  return (
    <div className={classes.mapFrame}>
      <div ref={box} className={classes.map} />
      {tiles?.by && <p className={classes.tilesBy}>{tiles.by}</p>}
    </div>
  );
}
