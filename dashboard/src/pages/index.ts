import {
  type Icon,
  IconBolt,
  IconChargingPile,
  IconCoin,
  IconCreditCard,
  IconLayoutDashboard,
  IconRoute,
  IconUsers,
} from "@tabler/icons-react";
import type { ComponentType } from "react";
import type { Words } from "../words";

export interface PageEntry {
  name: keyof Words["shell"]["pages"];
  path: string;
  icon: Icon;
  /** Who has not this scope is not offered the page. */
  scope?: string;
  group: keyof Words["shell"]["groups"];
  load: () => Promise<{ default: ComponentType }>;
}

/** Every page of the navigation; the router, the palette and the menu read this one table. */
export const pages: PageEntry[] = [
  {
    name: "overview",
    path: "/",
    icon: IconLayoutDashboard,
    group: "operate",
    load: () => import("./overview/Overview"),
  },
  {
    name: "chargestations",
    path: "/chargestations",
    icon: IconChargingPile,
    scope: "read:chargestations",
    group: "operate",
    load: () => import("./chargestations/Chargestations"),
  },
  {
    name: "sessions",
    path: "/sessions",
    icon: IconBolt,
    scope: "read:sessions",
    group: "operate",
    load: () => import("./sessions/Sessions"),
  },
  {
    name: "drivers",
    path: "/drivers",
    icon: IconUsers,
    scope: "read:users",
    group: "people",
    load: () => import("./drivers/Drivers"),
  },
  {
    name: "cards",
    path: "/cards",
    icon: IconCreditCard,
    scope: "read:tokens",
    group: "people",
    load: () => import("./cards/Cards"),
  },
  {
    name: "rates",
    path: "/rates",
    icon: IconCoin,
    scope: "read:rates",
    group: "sell",
    load: () => import("./rates/Rates"),
  },
  { name: "guide", path: "/first-steps", icon: IconRoute, group: "manage", load: () => import("./guide/Guide") },
];

/** Pages of one thing, reached from the lists. */
export const inner: { path: string; scope: string; load: PageEntry["load"] }[] = [
  { path: "/chargestations/:id", scope: "read:chargestations", load: () => import("./chargestation/Chargestation") },
  { path: "/drivers/:id", scope: "read:users", load: () => import("./driver/Driver") },
  { path: "/rates/:id", scope: "read:rates", load: () => import("./rate/Rate") },
  { path: "/sessions/:id", scope: "read:sessions", load: () => import("./session/Session") },
];
