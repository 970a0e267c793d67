import {
  LngLatBounds,
  type LngLatLike,
  Map as MapView,
  Marker,
  NavigationControl,
  Popup,
  setWorkerUrl,
} from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import type { Location } from "../../api/resources";
import { type Country, countriesOf, outlines } from "./countries";
import classes from "./Overview.module.css";
import { type Anchor, gap, type Label, placed } from "./placing";
import type { Tiles } from "./tiles";

export type Place = Pick<Location, "_id" | "name" | "coordinates">;

setWorkerUrl(workerUrl);

export const colors = {
  light: { water: "#dfe9ec", land: "#f8faf9", border: "#c4ced1", dot: "#0c7a6b", edge: "#ffffff" },
  dark: { water: "#12181b", land: "#20282b", border: "#39454a", dot: "#3cb39d", edge: "#101314" },
};

export interface MapWords {
  language: string;
  label: string;
  stations: string;
  zoomIn: string;
  zoomOut: string;
  scrollHint: string;
  fingersHint: string;
}

interface Look {
  scheme: keyof typeof colors;
  tiles?: Tiles;
  words: MapWords;
  show: (id: string) => void;
}

/** Outlines alone say where something is only as long as a country fits; tiles have streets to show. */
const outlineZoom = 4.2;
const tileZoom = 11;

/** The corner in which the map's buttons stand. */
const buttons = { width: 50, height: 78 };

/** Undefined: this browser has no WebGL. */
export function draw(container: HTMLElement, places: Place[], look: Look): MapView | undefined {
  const { scheme, tiles, words } = look;
  const color = colors[scheme];
  const bounds = boundsOf(places);
  try {
    const map = new MapView({
      container,
      attributionControl: false,
      cooperativeGestures: true,
      locale: {
        "Map.Title": words.label,
        "NavigationControl.ZoomIn": words.zoomIn,
        "NavigationControl.ZoomOut": words.zoomOut,
        "CooperativeGesturesHandler.WindowsHelpText": words.scrollHint,
        "CooperativeGesturesHandler.MacHelpText": words.scrollHint.replace(/Ctrl|Strg/, "⌘"),
        "CooperativeGesturesHandler.MobileHelpText": words.fingersHint,
      },
      maxZoom: tiles ? 18 : 12,
      bounds,
      fitBoundsOptions: { padding: 60, maxZoom: tiles ? tileZoom : outlineZoom },
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
      addPoints(map, places, color);
      const labels = new Labels(map, places, look);
      let hasNames = true;
      if (tiles)
        addTiles(map, tiles, scheme, bounds, () => {
          hasNames = false;
          labels.setCountries([]);
        });
      const countries = await outlines();
      if (isGone) return;
      addCountries(map, countries, color);
      // Tiles have names of their own.
      if (hasNames) labels.setCountries(countriesOf(countries, words.language));
    });
    map.on("click", "locations", (e) => {
      const found = e.features?.[0];
      if (found) popup(map, e.lngLat, { _id: String(found.properties.id), name: String(found.properties.name) }, look);
    });
    for (const [type, cursor] of [
      ["mouseenter", "pointer"],
      ["mouseleave", ""],
    ] as const)
      map.on(type, "locations", () => {
        map.getCanvas().style.cursor = cursor;
      });
    return map;
  } catch {
    return undefined;
  }
}

function addPoints(map: MapView, places: Place[], color: (typeof colors)["light"]): void {
  const features = places.map(({ _id, name, coordinates = [] }) => ({
    type: "Feature" as const,
    properties: { id: _id, name },
    geometry: { type: "Point" as const, coordinates },
  }));
  map.addSource("locations", { type: "geojson", data: { type: "FeatureCollection", features } });
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

function addCountries(map: MapView, data: GeoJSON.FeatureCollection, color: (typeof colors)["light"]): void {
  const above = map.getLayer("tiles") ? "tiles" : "locations";
  map.addSource("countries", { type: "geojson", data });
  map.addLayer({ id: "land", type: "fill", source: "countries", paint: { "fill-color": color.land } }, above);
  map.addLayer(
    { id: "borders", type: "line", source: "countries", paint: { "line-color": color.border, "line-width": 0.8 } },
    above,
  );
}

/** Over the outlines, which are seen wherever a tile does not come. Where none comes, the map goes back to them. */
function addTiles(
  map: MapView,
  { url }: Tiles,
  scheme: keyof typeof colors,
  bounds: LngLatBounds,
  onFirst: () => void,
): void {
  let hasTile = false;
  map.addSource("tiles", { type: "raster", tiles: [url], tileSize: 256, maxzoom: 18 });
  map.addLayer(
    {
      id: "tiles",
      type: "raster",
      source: "tiles",
      paint: scheme === "dark" ? { "raster-brightness-max": 0.65, "raster-saturation": -0.4 } : {},
    },
    "locations",
  );
  map.on("sourcedata", (e) => {
    if (e.sourceId !== "tiles" || e.tile?.state !== "loaded" || hasTile) return;
    hasTile = true;
    onFirst();
  });
  void map.once("idle").then(() => {
    if (!hasTile) map.fitBounds(bounds, { padding: 60, maxZoom: outlineZoom, animate: false });
  });
}

/** The names of locations beside their points and of countries on their land, as far as they fit. */
class Labels {
  private shown = new Map<string, { anchor: Anchor; marker: Marker }>();
  private countries: Country[] = [];

  constructor(
    private readonly map: MapView,
    private readonly places: Place[],
    private readonly look: Look,
  ) {
    for (const type of ["moveend", "resize"] as const) map.on(type, () => this.write());
    this.write();
  }

  setCountries(countries: Country[]): void {
    this.countries = countries;
    this.write();
  }

  private write(): void {
    const { clientWidth: width, clientHeight: height } = this.map.getContainer();
    const candidates = [...this.ofPlaces(), ...this.ofCountries()];
    const fits = placed(
      candidates.map(({ label }) => label),
      { width, height },
      [{ left: width - buttons.width, top: 0, right: width, bottom: buttons.height }],
    );
    for (const [id, { anchor, marker }] of this.shown)
      if (fits.get(id) !== anchor) {
        marker.remove();
        this.shown.delete(id);
      }
    for (const { label, at, element } of candidates) {
      const anchor = fits.get(label.id);
      if (!anchor || this.shown.has(label.id)) continue;
      const marker = new Marker({ element: element(), anchor, offset: offsets[anchor] }).setLngLat(at).addTo(this.map);
      this.shown.set(label.id, { anchor, marker });
    }
  }

  private ofPlaces(): Candidate[] {
    return this.places.map((place) => {
      const at: [number, number] = [place.coordinates?.[0] ?? 0, place.coordinates?.[1] ?? 0];
      const { x, y } = this.map.project(at);
      const element = () => {
        const button = document.createElement("button");
        button.className = classes.place ?? "";
        button.textContent = place.name;
        button.addEventListener("click", (e) => {
          e.stopPropagation();
          popup(this.map, at, place, this.look, button);
        });
        return button;
      };
      return { label: { id: place._id, x, y, width: widthOf(place.name, "600 12px"), height: 24 }, at, element };
    });
  }

  private ofCountries(): Candidate[] {
    return this.countries.flatMap(({ id, name, middle, west, east }) => {
      const width = widthOf(name, "500 11px");
      if (this.map.project([east, middle[1]]).x - this.map.project([west, middle[1]]).x < width) return [];
      const { x, y } = this.map.project(middle);
      const element = () => {
        const text = document.createElement("span");
        text.className = classes.country ?? "";
        text.textContent = name;
        text.setAttribute("aria-hidden", "true");
        return text;
      };
      return [{ label: { id: `country ${id}`, x, y, width, height: 16, isCentred: true }, at: middle, element }];
    });
  }
}

interface Candidate {
  label: Label;
  at: [number, number];
  element: () => HTMLElement;
}

const offsets: Record<Anchor, [number, number]> = {
  left: [gap, 0],
  right: [-gap, 0],
  top: [0, gap],
  bottom: [0, -gap],
  center: [0, 0],
};

const ruler = document.createElement("canvas").getContext("2d");

function widthOf(text: string, font: string): number {
  if (!ruler) return text.length * 7;
  ruler.font = `${font} ${getComputedStyle(document.body).fontFamily}`;
  return Math.ceil(ruler.measureText(text).width) + 6;
}

/** Built of nodes, never of markup: a location may be called anything. */
function popup(map: MapView, at: LngLatLike, { _id, name }: Place, { words, show }: Look, from?: HTMLElement): void {
  const content = document.createElement("div");
  content.className = classes.popup ?? "";
  const title = document.createElement("strong");
  title.textContent = name;
  const go = document.createElement("button");
  go.textContent = words.stations;
  go.addEventListener("click", () => show(_id));
  content.append(title, go);
  const opened = new Popup({ closeButton: false, offset: gap }).setDOMContent(content).setLngLat(at).addTo(map);
  content.addEventListener("keydown", (e) => {
    if (e.key !== "Escape") return;
    opened.remove();
    from?.focus();
  });
}

function boundsOf(places: Place[]): LngLatBounds {
  const bounds = new LngLatBounds();
  for (const { coordinates } of places) if (coordinates) bounds.extend([coordinates[0] ?? 0, coordinates[1] ?? 0]);
  return bounds;
}
