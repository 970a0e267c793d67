import { Button, Group } from "@mantine/core";
import { IconAlertTriangle, IconLock, IconMapOff } from "@tabler/icons-react";
import { Link, useRouteError } from "react-router";
import { EmptyState } from "../parts/states";
import { useWords } from "../words";

export function NotFound() {
  const { errors } = useWords();
  return (
    <EmptyState isPage title={errors.notFoundTitle} icon={IconMapOff} action={<ToOverview />}>
      {errors.notFound}
    </EmptyState>
  );
}

export function NotAllowed() {
  const { errors } = useWords();
  return (
    <EmptyState isPage title={errors.forbiddenTitle} icon={IconLock} action={<ToOverview />}>
      {errors.forbidden}
    </EmptyState>
  );
}

/** A bug in one page leaves the others usable. */
export function Broken() {
  const { errors } = useWords();
  const error = useRouteError();
  console.error(error);
  return (
    <EmptyState
      isPage
      title={errors.brokenTitle}
      icon={IconAlertTriangle}
      action={
        <Group gap="xs">
          <Button onClick={() => location.reload()}>{errors.reload}</Button>
          <ToOverview />
        </Group>
      }
    >
      {errors.unknown}
    </EmptyState>
  );
}

function ToOverview() {
  const { errors } = useWords();
  return (
    <Button component={Link} to="/" variant="default">
      {errors.toOverview}
    </Button>
  );
}
