using System.Data.Common;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Npgsql;
using Voltgate.Bench.Processes;
using Voltgate.Domain;
using Voltgate.Domain.Sessions;
using Voltgate.Domain.Stations;
using Voltgate.Server.Storage;

namespace Voltgate.Bench.Scenarios;

/// <summary>GET /v1.1/sessions of a million: the first page, and page 10,000 by each way to it.</summary>
internal static class Pages
{
    private const int Rows = 1_000_000;
    private const int Page = 10_000;
    private const int Tries = 30;

    public static async Task Measure(Options options)
    {
        await using var store = await Store.Make(options.Store, options.Folder, options.Postgres);
        await using var server = await Servers.Voltgate(store);
        using var http = new HttpClient { BaseAddress = server.Url };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Servers.ApiKey);
        var me = await Get(http, "/v1.1/me");
        var filling = Stopwatch.StartNew();
        await Fill(store, (string)me["result"]!["organization"]!["_id"]!);
        await Console.Error.WriteLineAsync($"{Rows} sessions written in {filling.Elapsed.TotalSeconds:N0} s");

        List<double> first = [], jump = [], next = [], cursor = [];
        for (var i = -5; i < Tries; i++) // the first few are not counted
        {
            var page1 = await Timed(http, "?paginate_page=1", i < 0 ? null : first);
            // Another filter each time, so that nobody has read the page before it.
            await Timed(http, $"?paginate_page={Page}&createdAt[$gte]={i + 100}", i < 0 ? null : jump);
            await Get(http, $"/v1.1/sessions?paginate_page={Page - 1}");
            var before = await Get(http, $"/v1.1/sessions?paginate_page={Page - 1}");
            await Timed(http, $"?paginate_page={Page}", i < 0 ? null : next);
            await Timed(http, "?paginate_cursor=" + (string)before["nextCursor"]!, i < 0 ? null : cursor);
            if ((int)page1["total"]! != Rows) throw new InvalidOperationException("The list does not count all.");
        }

        var report = new Report($"GET /v1.1/sessions of {Report.Number(Rows)}, {options.Store}, 20 a page");
        report.Columns("what", "p50 ms", "of page 1");
        var floor = Report.Median(first);
        foreach (var (what, times) in new[]
        {
            ("page 1", first), ($"page {Page}, jumped to", jump), ($"page {Page}, after the one before", next),
            ($"page {Page}, by cursor", cursor),
        })
            report.Row(what, Report.Fine(Report.Median(times)), Report.Fine(Report.Median(times) / floor));
        await report.Publish(options.Out);
    }

    private static async Task<JsonNode> Timed(HttpClient http, string query, List<double>? times)
    {
        var began = Stopwatch.GetTimestamp();
        var answer = await Get(http, "/v1.1/sessions" + query);
        times?.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        return answer;
    }

    private static async Task<JsonNode> Get(HttpClient http, string path) =>
        JsonNode.Parse(await http.GetStringAsync(path))!;

    /// <summary>A million sessions of one organisation, a second apart, that ended long ago.</summary>
    private static async Task Fill(Store store, string organization)
    {
        const string Id = "000000000000000000000000";
        var session = new Session
        {
            Id = Id, Organization = organization, Station = Id, Connector = Id, Place = new Place(1),
            Status = SessionStatus.Ended, Source = SessionSource.Rfid, Number = 1, StartedAtMs = 1, EndedAtMs = 2,
            MeterStart = Energy.Zero, MeterStop = Energy.FromWh(1_000), Consumed = Energy.FromWh(1_000),
        };
        var state = System.Text.Encoding.UTF8.GetString(DomainJson.Write(session)).Replace("'", "''");
        await using DbConnection connection = store.Provider == "sqlite"
            ? new SqliteConnection($"Data Source={store.ConnectionString};Pooling=false")
            : new NpgsqlConnection(store.ConnectionString);
        await connection.OpenAsync();
        var (series, hex) = store.Provider == "sqlite"
            ? ($"with recursive n(i) as (select 1 union all select i + 1 from n where i < {Rows}) ",
                "printf('%024x', i)")
            : ($"with n(i) as (select generate_series(1, {Rows})) ", "lpad(to_hex(i), 24, '0')");
        await Run(
            connection,
            "insert into sessions (id, organization, chargestation, connector, rate_version, status, source, number, "
            + $"start_key, created_at, updated_at, started_at, ended_at) {series} "
            + $"select {hex}, '{organization}', '{Id}', '{Id}', 0, 'Ended', 'rfid', i, 'k' || i, "
            + "1700000000000 + i * 1000, 1700000000000 + i * 1000, 1700000000000 + i * 1000, "
            + "1700000000000 + i * 1000 from n");
        await Run(
            connection,
            $"insert into session_states (session, state) {series} "
            + $"select {hex}, replace('{state}', '{Id}', {hex}) from n");
        if (store.Provider != "sqlite") await Run(connection, "vacuum analyze sessions");
    }

    private static async Task Run(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 600;
        await command.ExecuteNonQueryAsync();
    }
}
