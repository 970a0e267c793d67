import { expect, test } from "vitest";
import { inShort } from "./frames";

const short = (payload: Record<string, unknown>, answer?: Record<string, unknown>) =>
  inShort({ payload: payload as Record<string, never>, answer: answer as Record<string, never> | undefined });

test("meter values tell what was measured", () => {
  const sampledValue = [
    { value: "120283", measurand: "Energy.Active.Import.Register", unit: "Wh" },
    { value: "85950", measurand: "Power.Active.Import", unit: "W" },
    { value: "73", measurand: "SoC", unit: "Percent" },
    { value: "34", measurand: "Temperature", unit: "Celsius" },
  ];
  expect(short({ connectorId: 1, meterValue: [{ sampledValue }] })).toBe("connectorId 1, 85950 W, 120283 Wh, 73 %");
});

test("a value without a measurand is the energy register, as OCPP 1.6 says", () => {
  expect(short({ connectorId: 2, meterValue: [{ sampledValue: [{ value: "5" }] }] })).toBe("connectorId 2, 5");
});

test("other messages tell their plain fields, and how they were answered", () => {
  expect(short({ connectorId: 1, errorCode: "NoError", status: "Charging", timestamp: "2026" })).toBe(
    "connectorId 1, errorCode NoError, status Charging",
  );
  expect(short({ idToken: { idToken: "04AA", type: "ISO14443" } }, { status: "Accepted" })).toBe(
    "idToken 04AA, → Accepted",
  );
});

test("a payload of any shape is borne", () => {
  expect(short({ meterValue: "nonsense" })).toBe("meterValue nonsense");
  expect(inShort({ payload: null as unknown as Record<string, never> })).toBe("");
});
