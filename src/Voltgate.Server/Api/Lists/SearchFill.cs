using System.Data.Common;
using Dapper;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>
/// Gives rows that were written before there was a search the text that it looks through, a batch at a time: whoever
/// is cut off here goes on at the next start.
/// </summary>
internal sealed partial class SearchFill(Database database, ILogger<SearchFill> log) : IHostedService
{
    private const int Batch = 1_000;

    private sealed class Row
    {
        public string Id { get; init; } = "";

        public string Body { get; init; } = "";
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.Open(cancellationToken);
        await Fill(
            connection, "chargestations", b => StationWrites.SearchOf(DomainJson.ReadStation(b)), cancellationToken);
        await Fill(connection, UsersApi.Kind, UsersApi.SearchOf, cancellationToken);
        await Fill(connection, TokensApi.Kind, TokensApi.SearchOf, cancellationToken);
        await Fill(connection, LocationsApi.Kind, LocationsApi.SearchOf, cancellationToken);
        await Fill(connection, RatesApi.Kind, RatesApi.SearchOf, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private Task Fill<T>(
        DbConnection connection, ResourceKind<T> kind, Func<T, string> text, CancellationToken cancel)
        where T : class =>
        Fill(connection, kind.Table.Name, body => text(Wire.Read(body, kind.Json)), cancel);

    private async Task Fill(
        DbConnection connection, string table, Func<string, string> text, CancellationToken cancel)
    {
        var filled = 0;
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            var rows = (await connection.QueryAsync<Row>(
                $"select id as Id, body as Body from {table} where search is null order by id limit {Batch}",
                transaction: transaction)).AsList();
            await connection.ExecuteAsync(
                $"update {table} set search = @search where id = @id",
                rows.Select(r => new { id = r.Id, search = text(r.Body) }), transaction);
            await transaction.CommitAsync(cancel);
            filled += rows.Count;
            if (rows.Count < Batch) break;
            LogFilled(filled, table);
        }

        if (filled > 0) LogFilled(filled, table);
    }

    [LoggerMessage(LogLevel.Information, "{Rows} {Table} of before can be searched now.")]
    private partial void LogFilled(int rows, string table);
}
