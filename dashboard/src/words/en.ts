import { chargestation } from "./en/chargestation";
import { chargestations } from "./en/chargestations";
import { common, errors, status } from "./en/common";
import { diagnoses } from "./en/diagnoses";
import { failures } from "./en/failures";
import { guide } from "./en/guide";
import { loadGroups } from "./en/loadGroups";
import { overview } from "./en/overview";
import { cards, drivers } from "./en/people";
import { rates } from "./en/rates";
import { refusals } from "./en/refusals";
import { reservations } from "./en/reservations";
import { security } from "./en/security";
import { session, sessions } from "./en/sessions";
import { apiKeys, auditLog, locations, operators, settings, webhooks } from "./en/setup";
import { shell, signIn } from "./en/shell";
import { wallets } from "./en/wallets";

export default {
  common,
  errors,
  refusals,
  status,
  shell,
  signIn,
  chargestations,
  chargestation,
  security,
  diagnoses,
  failures,
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
  wallets,
  reservations,
  loadGroups,
};
