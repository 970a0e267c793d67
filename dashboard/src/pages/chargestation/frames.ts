import type { Schemas } from "../../api/client";

export type Frame = Schemas["Frame"];

interface Sample {
  value?: string | number;
  measurand?: string;
  unit?: string;
  unitOfMeasure?: { unit?: string };
  phase?: string;
}

const wanted = ["Power.Active.Import", "Energy.Active.Import.Register", "SoC", "Current.Import", "Voltage"];

/** A frame in one line: for meter values the measurements that matter, else its first plain fields. */
export function inShort(frame: Pick<Frame, "payload" | "answer">): string {
  const payload = frame.payload as Record<string, unknown> | undefined;
  if (typeof payload !== "object" || payload === null) return "";
  const samples = samplesOf(payload);
  const place = placeOf(payload);
  if (samples.length > 0) return [place, ...measured(samples)].filter(Boolean).join(", ");
  const status = (frame.answer as { status?: unknown } | undefined)?.status;
  return [place, ...plain(payload), typeof status === "string" ? `→ ${status}` : ""].filter(Boolean).join(", ");
}

function placeOf(payload: Record<string, unknown>): string {
  if (typeof payload.connectorId === "number") return `connectorId ${payload.connectorId}`;
  const evse = payload.evse as { id?: number; connectorId?: number } | undefined;
  if (typeof payload.evseId === "number") return `evseId ${payload.evseId}`;
  return typeof evse?.id === "number" ? `evse ${evse.id}` : "";
}

function samplesOf(payload: Record<string, unknown>): Sample[] {
  const values = payload.meterValue;
  if (!Array.isArray(values)) return [];
  const newest = values[values.length - 1] as { sampledValue?: Sample[] } | undefined;
  return Array.isArray(newest?.sampledValue) ? newest.sampledValue : [];
}

function measured(samples: Sample[]): string[] {
  return wanted.flatMap((measurand) => {
    const sample = samples.find((s) => (s.measurand ?? "Energy.Active.Import.Register") === measurand && !s.phase);
    if (!sample) return [];
    const unit = sample.unit ?? sample.unitOfMeasure?.unit ?? "";
    return [`${sample.value} ${unit === "Percent" || (measurand === "SoC" && !unit) ? "%" : unit}`.trim()];
  });
}

const most = 4;

function plain(payload: Record<string, unknown>): string[] {
  return Object.entries(payload)
    .filter(([key]) => key !== "connectorId" && key !== "evseId" && key !== "timestamp")
    .flatMap(([key, value]) => {
      if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
        return [`${key} ${value}`];
      const inner = (value as { idToken?: unknown } | null)?.idToken;
      return typeof inner === "string" ? [`${key} ${inner}`] : [];
    })
    .slice(0, most);
}
