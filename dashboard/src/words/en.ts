import { chargestations } from "./en/chargestations";
import { common, errors, status } from "./en/common";
import { shell, signIn } from "./en/shell";

export default { common, errors, status, shell, signIn, chargestations };
