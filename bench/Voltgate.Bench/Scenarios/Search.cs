using System.Data.Common;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Npgsql;
using Voltgate.Bench.Processes;

namespace Voltgate.Bench.Scenarios;

/// <summary>GET /v1.1/users of a hundred thousand: all of them, and those that a search finds.</summary>
internal static class Search
{
    private const int Rows = 100_000;
    private const int Tries = 30;

    public static async Task Measure(Options options)
    {
        await using var store = await Store.Make(options.Store, options.Folder, options.Postgres);
        await using var server = await Servers.Voltgate(store);
        using var http = new HttpClient { BaseAddress = server.Url };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Servers.ApiKey);
        var me = await Get(http, "/v1.1/me");
        await Fill(store, (string)me["result"]!["organization"]!["_id"]!);

        var report = new Report($"GET /v1.1/users of {Report.Number(Rows)}, {options.Store}, 20 a page");
        report.Columns("what", "found", "p50 ms", "of all");
        var floor = 0.0;
        foreach (var (what, query) in new[]
        {
            ("all (floor)", ""), ("all, by name", "&sort_by=name&sort_order=asc"),
            ("a word that all have", "&search=driver"), ("two words that one has", "&search=77777%20driver"),
            ("a word that nobody has", "&search=nowhere"),
        })
        {
            List<double> times = [];
            var found = 0;
            for (var i = -5; i < Tries; i++) // the first few are not counted
            {
                var began = Stopwatch.GetTimestamp();
                found = (int)(await Get(http, "/v1.1/users?paginate_page=1" + query))["total"]!;
                if (i >= 0) times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }

            var middle = Report.Median(times);
            if (floor == 0) floor = middle;
            report.Row(what, Report.Number(found), Report.Fine(middle), Report.Fine(middle / floor));
        }

        await report.Publish(options.Out);
    }

    private static async Task<JsonNode> Get(HttpClient http, string path) =>
        JsonNode.Parse(await http.GetStringAsync(path))!;

    private static async Task Fill(Store store, string organization)
    {
        await using DbConnection connection = store.Provider == "sqlite"
            ? new SqliteConnection($"Data Source={store.ConnectionString};Pooling=false")
            : new NpgsqlConnection(store.ConnectionString);
        await connection.OpenAsync();
        var (series, hex) = store.Provider == "sqlite"
            ? ($"with recursive n(i) as (select 1 union all select i + 1 from n where i < {Rows}) ",
                "printf('%024x', i)")
            : ($"with n(i) as (select generate_series(1, {Rows})) ", "lpad(to_hex(i), 24, '0')");
        await using var command = connection.CreateCommand();
        command.CommandTimeout = 600;
        command.CommandText =
            "insert into users (id, organization, email, active, erased, version, created_at, updated_at, body, "
            + $"search) {series} select {hex}, '{organization}', 'd' || i || '@example.org', true, false, 1, "
            + "1700000000000 + i, 1700000000000 + i, '{\"_id\":\"' || " + hex + " || '\",\"role\":\"user\"}', "
            + "'driver ' || i || '\n' || 'd' || i || '@example.org\n' || " + hex + " from n";
        await command.ExecuteNonQueryAsync();
        if (store.Provider == "sqlite") return;
        command.CommandText = "vacuum analyze users";
        await command.ExecuteNonQueryAsync();
    }
}
