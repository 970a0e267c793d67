import {
  type Icon,
  IconBolt,
  IconBuilding,
  IconCalendarTime,
  IconChargingPile,
  IconCoin,
  IconCreditCard,
  IconHistory,
  IconKey,
  IconLayoutDashboard,
  IconRoute,
  IconSettings,
  IconSitemap,
  IconUserShield,
  IconUsers,
  IconWebhook,
} from "@tabler/icons-react";
import type { ComponentType } from "react";
import type { Words } from "../words";

type Load = () => Promise<{ default: ComponentType }>;

export interface PageEntry {
  name: keyof Words["shell"]["pages"];
  path: string;
  icon: Icon;
  /** Who has not this scope is not offered the page. */
  scope?: string;
  group: keyof Words["shell"]["groups"];
  load: Load;
}

const page = (
  group: PageEntry["group"],
  name: PageEntry["name"],
  path: string,
  icon: Icon,
  scope: string | undefined,
  load: Load,
): PageEntry => ({ group, name, path, icon, scope, load });

/** Every page of the navigation; the router, the palette and the menu read this one table. */
export const pages: PageEntry[] = [
  page("operate", "overview", "/", IconLayoutDashboard, "read:events", () => import("./overview/Overview")),
  page(
    "operate",
    "chargestations",
    "/chargestations",
    IconChargingPile,
    "read:chargestations",
    () => import("./chargestations/Chargestations"),
  ),
  page("operate", "sessions", "/sessions", IconBolt, "read:sessions", () => import("./sessions/Sessions")),
  page(
    "operate",
    "reservations",
    "/reservations",
    IconCalendarTime,
    "read:reservations",
    () => import("./reservations/Reservations"),
  ),
  page("people", "drivers", "/drivers", IconUsers, "read:users", () => import("./drivers/Drivers")),
  page("people", "cards", "/cards", IconCreditCard, "read:tokens", () => import("./cards/Cards")),
  page("sell", "locations", "/locations", IconBuilding, "read:locations", () => import("./locations/Locations")),
  page(
    "sell",
    "load_groups",
    "/load-groups",
    IconSitemap,
    "read:load_groups",
    () => import("./load_groups/LoadGroups"),
  ),
  page("sell", "rates", "/rates", IconCoin, "read:rates", () => import("./rates/Rates")),
  page("build", "webhooks", "/webhooks", IconWebhook, "read:webhooks", () => import("./webhooks/Webhooks")),
  page("build", "api_keys", "/api-keys", IconKey, "read:api_keys", () => import("./api_keys/ApiKeys")),
  page("manage", "operators", "/operators", IconUserShield, "read:admins", () => import("./operators/Operators")),
  page("manage", "audit_log", "/audit-log", IconHistory, "read:audit_log", () => import("./audit_log/AuditLog")),
  page("manage", "settings", "/settings", IconSettings, undefined, () => import("./settings/Settings")),
  page("manage", "guide", "/first-steps", IconRoute, undefined, () => import("./guide/Guide")),
];

/** Pages of one thing, reached from the lists. */
export const inner: { path: string; scope: string; load: Load }[] = [
  { path: "/chargestations/:id", scope: "read:chargestations", load: () => import("./chargestation/Chargestation") },
  { path: "/sessions/:id", scope: "read:sessions", load: () => import("./session/Session") },
  { path: "/drivers/:id", scope: "read:users", load: () => import("./driver/Driver") },
  { path: "/locations/:id", scope: "read:locations", load: () => import("./location/Location") },
  { path: "/load-groups/:id", scope: "read:load_groups", load: () => import("./load_group/LoadGroup") },
  { path: "/rates/:id", scope: "read:rates", load: () => import("./rate/Rate") },
  { path: "/webhooks/:id", scope: "read:webhooks", load: () => import("./webhook/Webhook") },
];
