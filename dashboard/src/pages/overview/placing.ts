/** A text beside a point of the map, in pixels of the map. */
export interface Label {
  id: string;
  x: number;
  y: number;
  width: number;
  height: number;
  /** Written over its point instead of beside it. */
  isCentred?: boolean;
}

/** Which edge of the text lies at the point: "left" is a text to the right of it. */
export type Anchor = "left" | "right" | "top" | "bottom" | "center";

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const beside: Anchor[] = ["left", "right", "bottom", "top"];

/** How far a text stands off its point: the point's own size. */
export const gap = 10;

/** Where each text fits on the map without lying over a point or another text; who comes first is served first. */
export function placed(
  labels: Label[],
  size: { width: number; height: number },
  covered: Box[] = [],
): Map<string, Anchor> {
  const points = labels.filter((label) => !label.isCentred);
  const taken = [...covered, ...points.map(({ x, y }) => around(x, y, gap - 2))];
  const found = new Map<string, Anchor>();
  for (const label of labels) {
    for (const anchor of label.isCentred ? (["center"] as const) : beside) {
      const box = boxOf(label, anchor);
      const isInside = box.left >= 0 && box.top >= 0 && box.right <= size.width && box.bottom <= size.height;
      if (!isInside || taken.some((other) => overlap(box, other))) continue;
      taken.push(box);
      found.set(label.id, anchor);
      break;
    }
  }
  return found;
}

function boxOf({ x, y, width, height }: Label, anchor: Anchor): Box {
  const left = anchor === "left" ? x + gap : anchor === "right" ? x - gap - width : x - width / 2;
  const top = anchor === "top" ? y + gap : anchor === "bottom" ? y - gap - height : y - height / 2;
  return { left, top, right: left + width, bottom: top + height };
}

const around = (x: number, y: number, r: number): Box => ({ left: x - r, top: y - r, right: x + r, bottom: y + r });

const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
