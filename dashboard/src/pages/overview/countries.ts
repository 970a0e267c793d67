import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import outlinesUrl from "world-atlas/countries-50m.json?url";

type Outlines = Topology<{ countries: GeometryCollection<{ name: string }> }>;
type Ring = GeoJSON.Position[];

export interface Country {
  id: string;
  name: string;
  /** The middle of its largest part, where its name is written, and how far that part reaches. */
  middle: [number, number];
  west: number;
  east: number;
}

export async function outlines(): Promise<GeoJSON.FeatureCollection> {
  const topology = (await (await fetch(outlinesUrl)).json()) as Outlines;
  return feature(topology, topology.objects.countries);
}

export function countriesOf(all: GeoJSON.FeatureCollection, language: string): Country[] {
  const names = new Intl.DisplayNames(language, { type: "region" });
  return all.features.flatMap(({ id, properties, geometry }) => {
    const ring = largestRing(geometry);
    if (!ring) return [];
    const west = Math.min(...ring.map(([x = 0]) => x));
    const east = Math.max(...ring.map(([x = 0]) => x));
    const name = nameOf(String(id ?? ""), names) ?? String(properties?.name ?? "");
    return [{ id: `${id ?? name}`, name, middle: middleOf(ring), west, east }];
  });
}

/** The outlines number countries as ISO 3166 does; a locale knows the letters of each number. */
function nameOf(number: string, names: Intl.DisplayNames): string | undefined {
  try {
    const { region } = new Intl.Locale(`und-${number}`);
    return region && region !== number ? names.of(region) : undefined;
  } catch {
    return undefined;
  }
}

function largestRing(geometry: GeoJSON.Geometry): Ring | undefined {
  if (geometry.type === "Polygon") return geometry.coordinates[0];
  if (geometry.type !== "MultiPolygon") return undefined;
  const rings = geometry.coordinates.flatMap(([outer]) => (outer ? [outer] : []));
  return rings.reduce<Ring | undefined>(
    (best, ring) => (best && Math.abs(areaOf(best)) >= Math.abs(areaOf(ring)) ? best : ring),
    undefined,
  );
}

function crosses(ring: Ring): [number, number, number][] {
  return ring.map(([x1 = 0, y1 = 0], i) => {
    const [x2 = 0, y2 = 0] = ring[(i + 1) % ring.length] ?? [];
    return [x1 * y2 - x2 * y1, x1 + x2, y1 + y2];
  });
}

const areaOf = (ring: Ring): number => crosses(ring).reduce((sum, [cross]) => sum + cross, 0) / 2;

function middleOf(ring: Ring): [number, number] {
  const area = areaOf(ring);
  const sum = (part: 1 | 2) => crosses(ring).reduce((total, one) => total + one[0] * one[part], 0);
  return [sum(1) / (6 * area), sum(2) / (6 * area)];
}
