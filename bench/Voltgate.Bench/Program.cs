using System.CommandLine;
using Voltgate.Bench;
using Voltgate.Bench.Processes;
using Voltgate.Bench.Scenarios;

var store = new Option<string>("--store")
{
    Description = "sqlite or postgresql.", DefaultValueFactory = _ => "sqlite",
};
var folder = new Option<string?>("--folder")
{
    Description = "Where the SQLite file is made (default: temporary files).",
};
var postgres = new Option<string?>("--postgres")
{
    Description = "A PostgreSQL server to make a database on (default: VOLTGATE_TEST_POSTGRES).",
    DefaultValueFactory = _ => Environment.GetEnvironmentVariable("VOLTGATE_TEST_POSTGRES"),
};
var stations = new Option<int?>("--stations") { Description = "How many stations (the scenario's own default)." };
var runs = new Option<int>("--runs")
{
    Description = "Runs of floor and figure, by turns.", DefaultValueFactory = _ => 3,
};
var seconds = new Option<int>("--seconds") { Description = "How long a run takes.", DefaultValueFactory = _ => 10 };
var warmup = new Option<int>("--warmup")
{
    Description = "Seconds of each before the first run.", DefaultValueFactory = _ => 12,
};
var file = new Option<string?>("--out") { Description = "A file to append the table to, such as docs/measured.md." };

(string Name, string Summary, int Stations, Func<Options, Task> Play)[] scenarios =
[
    ("echo", "The floor: WebSocket frames of 870 bytes, echoed.", 1000, Ingest.Echo),
    ("ingest", "MeterValues through the whole server, durable, beside the echo.", 1000, Ingest.MeterValues),
    ("versions", "The same readings by TransactionEvent of 2.0.1 and MeterValues of 1.6.", 500, Ingest.Versions),
    ("heartbeat", "Heartbeats and repeated StatusNotifications, beside the echo.", 1000, Ingest.Pulses),
    ("idle", "Memory of stations that are connected and silent.", 5000, Idle.Measure),
    ("command", "POST /v1.1/sessions at 100/s: until 201, and until the frame at the station.", 500, Commands.Measure),
    ("webhooks", "Deliveries beside bare POSTs; from the end of a session to its webhook.", 1000, Webhooks.Measure),
    ("hostile", "MeterValues of a fleet, alone and beside one hostile station.", 200, Hostile.Measure),
    ("pages", "GET /v1.1/sessions of a million: the first page and page 10,000.", 0, Pages.Measure),
    ("search", "GET /v1.1/users of a hundred thousand: all, and those that a search finds.", 0, Search.Measure),
    ("dashboard", "Pages of the dashboard in Chromium, with ten stations and with many.", 10_000, Dashboard.Measure),
    ("start", "From the start of the process to the first 200, beside an empty application.", 0, Start.Measure),
];

var root = new RootCommand("Measures Voltgate against floors in the same run. Servers run as processes of their own.");
foreach (var scenario in scenarios)
{
    var command = new Command(scenario.Name, scenario.Summary);
    foreach (var option in (Option[])[store, folder, postgres, stations, runs, seconds, warmup, file])
        command.Options.Add(option);
    command.SetAction((parsed, _) => scenario.Play(new Options
    {
        Store = parsed.GetValue(store)!,
        Folder = parsed.GetValue(folder),
        Postgres = parsed.GetValue(postgres),
        Stations = parsed.GetValue(stations) ?? scenario.Stations,
        Runs = parsed.GetValue(runs),
        Time = TimeSpan.FromSeconds(parsed.GetValue(seconds)),
        Warmup = TimeSpan.FromSeconds(parsed.GetValue(warmup)),
        Out = parsed.GetValue(file),
    }));
    root.Subcommands.Add(command);
}

var kind = new Argument<string>("kind");
var port = new Argument<int>("port");
var floor = new Command("floor", "Serves a floor; the scenarios start it themselves.") { Arguments = { kind, port } };
floor.SetAction((parsed, _) => Floors.Serve(parsed.GetValue(kind)!, parsed.GetValue(port)));
root.Subcommands.Add(floor);
return await root.Parse(args).InvokeAsync();
