import { useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api, type Schemas } from "../../api/client";
import { mostRows, type Session } from "../../api/resources";
import { useLiveEvents } from "../../live/Live";

export type Report = Schemas["EnergyReport"];

/** What a session had cost at the moment of a report. */
export interface CostAt {
  at: string;
  amount: number;
}

/** A day of reports at one each ten seconds. */
const mostPages = 9;

/** The meter reports of a session, and what it had cost at each: reports do not tell of costs, events do. */
export function useCourse(id: string) {
  const queries = useQueryClient();
  const reportKey = ["energy_reports", id];
  const costKey = ["costs", id];
  // Only this page hears them, so what was kept from an earlier visit has holes.
  const reports = useQuery({ queryKey: reportKey, staleTime: 0, queryFn: ({ signal }) => allReports(id, signal) });
  const costs = useQuery({ queryKey: costKey, staleTime: 0, queryFn: ({ signal }) => allCosts(id, signal) });
  useLiveEvents(({ object, data }) => {
    if (object !== "session" || data._id !== id) return;
    const { energy_report: report, cost } = data as unknown as Session;
    if (report) queries.setQueryData<Report[]>(reportKey, (old) => old && withReport(old, report));
    if (report && cost)
      queries.setQueryData<CostAt[]>(costKey, (old) => old && [...old, { at: report.timestamp, amount: cost.amount }]);
  });
  return { reports, costs };
}

/** Each event of a session carries its newest report, so the same one comes more than once. */
export function withReport(reports: Report[], report: Report): Report[] {
  const last = reports[reports.length - 1];
  return last && last.timestamp >= report.timestamp ? reports : [...reports, report];
}

async function allReports(id: string, signal: AbortSignal): Promise<Report[]> {
  const found: Report[] = [];
  for (let page = 1; page <= mostPages; page++) {
    const query = { paginate_limit: mostRows, paginate_page: page };
    const { result, hasNext } = await answer(
      api.GET("/sessions/{id}/energy_reports", { params: { path: { id }, query }, signal }),
    );
    found.push(...result);
    if (!hasNext) break;
  }
  return found;
}

async function allCosts(id: string, signal: AbortSignal): Promise<CostAt[]> {
  const query = { resource: id, type: "session.*", sort_order: "asc" as const, paginate_limit: mostRows };
  const { result } = await answer(api.GET("/events", { params: { query }, signal }));
  return result.flatMap(({ data }) => {
    const { energy_report: report, cost } = data as unknown as Session;
    return report && cost ? [{ at: report.timestamp, amount: cost.amount }] : [];
  });
}

export interface Course {
  times: number[];
  power: (number | null)[];
  energy: (number | null)[];
  soc: (number | null)[];
  cost: (number | null)[];
}

/** All curves over the times of the reports; energy counts from the first one's meter or the session's own start. */
export function courseOf(reports: Report[], costs: CostAt[], meterStart: number | undefined): Course {
  // Later events carry the last report once more, with what the session has come to cost since.
  const amounts = new Map(costs.toReversed().map(({ at, amount }) => [at, amount]));
  const start = meterStart ?? reports[0]?.energy_meter?.value ?? 0;
  return {
    times: reports.map((r) => new Date(r.timestamp).getTime() / 1000),
    power: reports.map((r) => r.power?.value ?? null),
    energy: reports.map((r) => (r.energy_meter ? (r.energy_meter.value - start) / 1000 : null)),
    soc: reports.map((r) => r.state_of_charge?.value ?? null),
    cost: reports.map((r) => amounts.get(r.timestamp) ?? null),
  };
}
