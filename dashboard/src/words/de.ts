import type { Words } from ".";
import { chargestation } from "./de/chargestation";
import { chargestations } from "./de/chargestations";
import { common, errors, status } from "./de/common";
import { guide } from "./de/guide";
import { overview } from "./de/overview";
import { cards, drivers } from "./de/people";
import { rates } from "./de/rates";
import { security } from "./de/security";
import { session, sessions } from "./de/sessions";
import { apiKeys, auditLog, locations, operators, settings, webhooks } from "./de/setup";
import { shell, signIn } from "./de/shell";

const de: Words = {
  common,
  errors,
  status,
  shell,
  signIn,
  chargestations,
  chargestation,
  security,
  sessions,
  session,
  overview,
  guide,
  drivers,
  cards,
  rates,
  locations,
  webhooks,
  apiKeys,
  operators,
  auditLog,
  settings,
};

export default de;
