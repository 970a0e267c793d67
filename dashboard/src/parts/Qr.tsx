import { useMemo } from "react";
import { encode } from "uqr";

/** Drawn here, so that the address goes to no third party. Dark on white in both schemes: scanners want it so. */
export function Qr({ text, label, size = 168 }: { text: string; label: string; size?: number }) {
  const { path, width } = useMemo(() => {
    const { data } = encode(text, { border: 2, ecc: "M" });
    const squares = data.flatMap((line, y) => line.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : "")));
    return { path: squares.join(""), width: data.length };
  }, [text]);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${width}`}
      width={size}
      height={size}
      shapeRendering="crispEdges"
    >
      <rect width={width} height={width} fill="#fff" rx={1} />
      <path d={path} fill="#111" />
    </svg>
  );
}
