import { NumberInput, Text } from "@mantine/core";
import { useFormat } from "./format";

interface Props {
  label: string;
  description?: string;
  currency: string;
  error: string | undefined;
  value: string | number;
  onChange: (value: string | number) => void;
  isOptional?: boolean;
  disabled?: boolean;
}

/** Money as people write it, in units of the currency; the API counts in its minor units. */
export function Amount({ label, description, currency, error, value, onChange, isOptional, disabled }: Props) {
  const format = useFormat();
  return (
    <NumberInput
      data-autofocus={!isOptional || undefined}
      label={label}
      description={description}
      required={!isOptional}
      hideControls
      disabled={disabled}
      min={0}
      allowNegative={false}
      decimalScale={format.digits(currency)}
      decimalSeparator={format.decimal}
      allowedDecimalSeparators={[",", "."]}
      rightSection={<Text size="xs">{currency.toUpperCase()}</Text>}
      rightSectionWidth={48}
      inputWrapperOrder={["label", "input", "description", "error"]}
      error={error}
      value={value}
      onChange={onChange}
    />
  );
}
