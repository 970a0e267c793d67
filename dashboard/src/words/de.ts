import type { Words } from ".";
import { chargestation } from "./de/chargestation";
import { chargestations } from "./de/chargestations";
import { common, errors, status } from "./de/common";
import { diagnoses } from "./de/diagnoses";
import { failures } from "./de/failures";
import { guide } from "./de/guide";
import { loadGroups } from "./de/loadGroups";
import { overview } from "./de/overview";
import { cards, drivers } from "./de/people";
import { rates } from "./de/rates";
import { refusals } from "./de/refusals";
import { reservations } from "./de/reservations";
import { security } from "./de/security";
import { session, sessions } from "./de/sessions";
import { apiKeys, auditLog, locations, operators, settings, webhooks } from "./de/setup";
import { shell, signIn } from "./de/shell";
import { wallets } from "./de/wallets";

const de: Words = {
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

export default de;
