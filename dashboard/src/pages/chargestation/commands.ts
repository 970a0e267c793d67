import { api, result } from "../../api/client";
import type { Action, Chargestation } from "../../api/resources";
import type { Words } from "../../words";

export type CommandName = keyof Words["chargestation"]["commands"]["hints"];
export type FieldName = keyof Words["chargestation"]["commands"]["fields"];
export type Values = Partial<Record<FieldName, string>>;

export interface CommandField {
  name: FieldName;
  kind: "text" | "choice" | "connector" | "number" | "time" | "json";
  options?: readonly string[];
  /** A connector need not be named where the whole station can be meant. */
  isOptional?: boolean;
}

export interface Command {
  name: CommandName;
  fields: CommandField[];
  /** Asks first: it can take charging from somebody. */
  isDangerous?: boolean;
  fits?: (station: Chargestation) => boolean;
  send: (id: string, values: Values) => Promise<Action>;
}

const messages = [
  "StatusNotification",
  "MeterValues",
  "Heartbeat",
  "BootNotification",
  "FirmwareStatusNotification",
  "DiagnosticsStatusNotification",
  "LogStatusNotification",
  "SignChargePointCertificate",
  "SignedFirmwareStatusNotification",
] as const;

const at = (id: string) => ({ params: { path: { id } } });
const time = (local: string | undefined) => (local ? new Date(local).toISOString() : undefined);
const one = <T extends string>(options: readonly T[], value: string | undefined): T =>
  options.find((option) => option === value) ?? (options[0] as T);

/** Every command that the page offers: what it asks for, and the route it takes. */
export const commands: Command[] = [
  {
    name: "reset",
    fields: [{ name: "type", kind: "choice", options: ["Soft", "Hard"] }],
    isDangerous: true,
    send: (id, v) =>
      result(api.POST("/chargestations/{id}/reset", { ...at(id), body: { type: one(["Soft", "Hard"], v.type) } })),
  },
  {
    name: "change_availability",
    fields: [
      { name: "available", kind: "choice", options: ["true", "false"] },
      { name: "connector", kind: "connector", isOptional: true },
    ],
    isDangerous: true,
    send: (id, v) =>
      result(
        api.POST("/chargestations/{id}/change_availability", {
          ...at(id),
          body: { available: v.available !== "false", connector: v.connector },
        }),
      ),
  },
  {
    name: "unlock",
    fields: [{ name: "connector", kind: "connector" }],
    isDangerous: true,
    send: (id, v) =>
      result(api.POST("/chargestations/{id}/unlock", { ...at(id), body: { connector: v.connector ?? "" } })),
  },
  {
    name: "trigger",
    fields: [
      { name: "message", kind: "choice", options: messages },
      { name: "connector", kind: "connector", isOptional: true },
    ],
    send: (id, v) =>
      result(
        api.POST("/chargestations/{id}/trigger", {
          ...at(id),
          body: { message: one(messages, v.message), connector: v.connector },
        }),
      ),
  },
  {
    name: "set_default_power_limit",
    fields: [
      { name: "unit", kind: "choice", options: ["power", "current"] },
      { name: "limit", kind: "number" },
    ],
    isDangerous: true,
    send: (id, v) =>
      result(
        api.POST("/chargestations/{id}/set_default_power_limit", {
          ...at(id),
          body: { unit: one(["power", "current"], v.unit), limit: Number(v.limit) },
        }),
      ),
  },
  {
    name: "clear_default_power_limit",
    fields: [],
    send: (id) => result(api.POST("/chargestations/{id}/clear_default_power_limit", { ...at(id), body: {} })),
  },
  {
    name: "get_composite_schedule",
    fields: [{ name: "duration", kind: "number", isOptional: true }],
    send: (id, v) =>
      result(
        api.GET("/chargestations/{id}/get_composite_schedule", {
          params: { path: { id }, query: v.duration ? { duration: Number(v.duration) } : {} },
        }),
      ),
  },
  {
    name: "clear_cache",
    fields: [],
    send: (id) => result(api.POST("/chargestations/{id}/clear_cache", { ...at(id), body: {} })),
  },
  {
    name: "local_list",
    fields: [{ name: "type", kind: "choice", options: ["full", "differential"] }],
    send: (id, v) =>
      result(
        api.POST("/chargestations/{id}/local_list", {
          ...at(id),
          body: { type: one(["full", "differential"], v.type) },
        }),
      ),
  },
  {
    name: "update_firmware",
    fields: [
      { name: "url", kind: "text" },
      { name: "retrieve_date", kind: "time", isOptional: true },
    ],
    isDangerous: true,
    send: (id, v) =>
      result(
        api.POST("/chargestations/{id}/update_firmware", {
          ...at(id),
          body: { url: v.url ?? "", retrieve_date: time(v.retrieve_date) },
        }),
      ),
  },
  {
    name: "get_diagnostics",
    fields: [{ name: "urlOptional", kind: "text", isOptional: true }],
    send: (id, v) =>
      result(
        api.POST("/chargestations/{id}/get_diagnostics", {
          ...at(id),
          body: v.urlOptional ? { url: v.urlOptional } : {},
        }),
      ),
  },
  {
    name: "data_transfer",
    fields: [
      { name: "vendorId", kind: "text" },
      { name: "messageId", kind: "text", isOptional: true },
      { name: "data", kind: "text", isOptional: true },
    ],
    send: (id, v) =>
      result(
        api.POST("/chargestations/{id}/data_transfer", {
          ...at(id),
          body: { vendorId: v.vendorId ?? "", messageId: v.messageId, data: v.data },
        }),
      ),
  },
  {
    name: "send_request",
    fields: [
      { name: "action", kind: "text" },
      { name: "payload", kind: "json" },
    ],
    isDangerous: true,
    fits: (station) => station.protocol !== "ocpp1.6",
    send: (id, v) =>
      result(
        api.POST("/chargestations/{id}/send_request", {
          ...at(id),
          body: { action: v.action ?? "", payload: JSON.parse(v.payload ?? "{}") as Record<string, never> },
        }),
      ),
  },
];
