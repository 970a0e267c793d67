import "maplibre-gl/dist/maplibre-gl.css";
import { Text, useComputedColorScheme } from "@mantine/core";
import { LngLatBounds, Map as MapView, NavigationControl, Popup, setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import { useEffect, useRef, useState } from "react";
import { useNavigate } from "react-router";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import outlinesUrl from "world-atlas/countries-50m.json?url";
import type { Location } from "../../api/resources";
import { useFormat } from "../../parts/format";
import { useWords } from "../../words";
import classes from "./Overview.module.css";

type Place = Pick<Location, "_id" | "name" | "coordinates">;

setWorkerUrl(workerUrl);

const colors = {
  light: { water: "#dfe9ec", land: "#f8faf9", border: "#c4ced1", dot: "#0c7a6b", edge: "#ffffff" },
  dark: { water: "#12181b", land: "#20282b", border: "#39454a", dot: "#3cb39d", edge: "#101314" },
};

/** Locations over the outlines of countries, which come with the dashboard: nothing is asked of any other server. */
export default function LocationMap({ locations }: { locations: Location[] }) {
  const { overview } = useWords();
  const words = overview.map;
  const format = useFormat();
  const navigate = useNavigate();
  const scheme = useComputedColorScheme("light");
  const box = useRef<HTMLDivElement>(null);
  const [isUnsupported, setUnsupported] = useState(false);

  // The list is another array after each reading; the map is drawn anew only for other places.
  const label = words.label(format.number(locations.length));
  const places = JSON.stringify(locations.map(({ _id, name, coordinates }) => ({ _id, name, coordinates })));

  useEffect(() => {
    if (!box.current) return;
    const show = (id: string) => void navigate(`/chargestations?location=${id}`);
    const map = draw(box.current, JSON.parse(places) as Place[], colors[scheme], { label, text: words.stations, show });
    if (!map) setUnsupported(true);
    return () => map?.remove();
  }, [places, scheme, navigate, label, words.stations]);

  if (isUnsupported)
    return (
      <Text size="sm" c="dimmed" p="md">
        {words.unsupported}
      </Text>
    );
  return <div ref={box} className={classes.map} />;
}

function draw(
  container: HTMLElement,
  locations: Place[],
  color: (typeof colors)["light"],
  link: { label: string; text: string; show: (id: string) => void },
): MapView | undefined {
  const points = locations.map(({ _id, name, coordinates = [] }) => ({
    type: "Feature" as const,
    properties: { id: _id, name },
    geometry: { type: "Point" as const, coordinates },
  }));
  try {
    const map = new MapView({
      container,
      attributionControl: false,
      locale: { "Map.Title": link.label },
      maxZoom: 12,
      bounds: boundsOf(locations),
      fitBoundsOptions: { padding: 50, maxZoom: 6 },
      style: {
        version: 8,
        sources: {},
        layers: [{ id: "water", type: "background", paint: { "background-color": color.water } }],
      },
    });
    map.addControl(new NavigationControl({ showCompass: false }));
    let isGone = false;
    map.on("remove", () => {
      isGone = true;
    });
    map.on("load", async () => {
      addPoints(map, points, color);
      const topology = (await (await fetch(outlinesUrl)).json()) as Outlines;
      if (!isGone) addCountries(map, topology, color);
    });
    map.on("click", "locations", (e) => {
      const found = e.features?.[0];
      if (found) popup(String(found.properties.id), String(found.properties.name), link).setLngLat(e.lngLat).addTo(map);
    });
    return map;
  } catch {
    return undefined; // no WebGL
  }
}

type Outlines = Topology<{ countries: GeometryCollection }>;

function addPoints(map: MapView, points: GeoJSON.Feature[], color: (typeof colors)["light"]): void {
  map.addSource("locations", { type: "geojson", data: { type: "FeatureCollection", features: points } });
  map.addLayer({
    id: "locations",
    type: "circle",
    source: "locations",
    paint: {
      "circle-radius": 7,
      "circle-color": color.dot,
      "circle-stroke-width": 2,
      "circle-stroke-color": color.edge,
    },
  });
}

function addCountries(map: MapView, topology: Outlines, color: (typeof colors)["light"]): void {
  map.addSource("countries", { type: "geojson", data: feature(topology, topology.objects.countries) });
  map.addLayer({ id: "land", type: "fill", source: "countries", paint: { "fill-color": color.land } }, "locations");
  map.addLayer(
    { id: "borders", type: "line", source: "countries", paint: { "line-color": color.border, "line-width": 0.8 } },
    "locations",
  );
}

/** Built of nodes, never of markup: a location may be called anything. */
function popup(id: string, name: string, link: { text: string; show: (id: string) => void }): Popup {
  const content = document.createElement("div");
  const title = document.createElement("strong");
  title.textContent = name;
  const go = document.createElement("button");
  go.textContent = link.text;
  go.addEventListener("click", () => link.show(id));
  content.append(title, document.createElement("br"), go);
  return new Popup({ closeButton: false }).setDOMContent(content);
}

function boundsOf(locations: Place[]): LngLatBounds {
  const bounds = new LngLatBounds();
  for (const { coordinates } of locations) if (coordinates) bounds.extend([coordinates[0] ?? 0, coordinates[1] ?? 0]);
  return bounds;
}
