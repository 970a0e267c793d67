import { notifications } from "@mantine/notifications";

export function tell(message: string, color: "teal" | "red" = "teal"): void {
  notifications.show({ message, color, autoClose: color === "red" ? 10_000 : 4000 });
}
