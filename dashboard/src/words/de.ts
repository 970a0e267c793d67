import type { Words } from ".";
import { chargestations } from "./de/chargestations";
import { common, errors, status } from "./de/common";
import { shell, signIn } from "./de/shell";

const de: Words = { common, errors, status, shell, signIn, chargestations };

export default de;
