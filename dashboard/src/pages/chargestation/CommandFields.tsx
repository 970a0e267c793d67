import { Select, Textarea, TextInput } from "@mantine/core";
import type { Chargestation } from "../../api/resources";
import { useWords } from "../../words";
import type { Command, CommandField, Values } from "./commands";

interface Props {
  command: Command;
  station: Chargestation;
  values: Values;
  errors: Record<string, string>;
  onChange: (values: Values) => void;
}

export function CommandFields({ command, station, values, errors, onChange }: Props) {
  return command.fields.map((field) => (
    <Field
      key={field.name}
      field={field}
      station={station}
      value={values[field.name] ?? ""}
      error={errors[field.name === "urlOptional" ? "url" : field.name]}
      onChange={(value) => onChange({ ...values, [field.name]: value })}
    />
  ));
}

interface FieldProps {
  field: CommandField;
  station: Chargestation;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}

function Field({ field, station, value, error, onChange }: FieldProps) {
  const { chargestation: words } = useWords();
  const label = words.commands.fields[field.name];
  const options = words.commands.options as Record<string, string>;
  if (field.kind === "choice")
    return (
      <Select
        label={label}
        error={error}
        allowDeselect={false}
        value={value}
        data={(field.options ?? []).map((option) => ({ value: option, label: options[option] ?? option }))}
        onChange={(next) => onChange(next ?? "")}
      />
    );
  if (field.kind === "connector")
    return (
      <Select
        label={label}
        error={error}
        required={!field.isOptional}
        clearable={field.isOptional}
        placeholder={field.isOptional ? words.commands.whole : undefined}
        value={value || null}
        data={station.connectors.map((c) => ({ value: c._id, label: words.connector(String(c.connectorId)) }))}
        onChange={(next) => onChange(next ?? "")}
      />
    );
  if (field.kind === "json")
    return (
      <Textarea
        label={label}
        error={error ?? (value && !isObject(value) ? words.commands.notJson : undefined)}
        autosize
        minRows={4}
        className="mono"
        required
        value={value}
        onChange={(e) => onChange(e.currentTarget.value)}
      />
    );
  return (
    <TextInput
      label={label}
      error={error}
      required={!field.isOptional}
      type={field.kind === "number" ? "number" : field.kind === "time" ? "datetime-local" : "text"}
      min={field.kind === "number" ? 0 : undefined}
      value={value}
      onChange={(e) => onChange(e.currentTarget.value)}
    />
  );
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
