using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Voltgate.Server.Storage;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Wallets;

/// <summary>A driver's wallet in a test, and what the books must say of it at any time.</summary>
internal static class Purse
{
    /// <summary>A wallet in euros with that many cents; booked by the operator.</summary>
    public static async Task<string> Fill(ApiClient api, string user, long cents, string currency = "EUR")
    {
        (await api.Post("/wallets", $$"""{"user":"{{user}}","currency":"{{currency}}"}""")).MustBe(201);
        if (cents == 0) return user;
        var topUp = await api.Make("/top_up", $$"""{"type":"manual","wallet":"{{user}}","amount":{{cents}}}""");
        (await api.Post($"/top_up/{topUp}/complete")).MustBe(200);
        return user;
    }

    public static async Task<(long Balance, long Held)> Of(ApiClient api, string wallet)
    {
        var read = (await api.Get($"/wallets/{wallet}")).MustBe(200).Result;
        Assert.Equal((long)read["balance"]! - (long)read["held"]!, (long)read["available"]!);
        return ((long)read["balance"]!, (long)read["held"]!);
    }

    public static Task<ApiAnswer> Start(Stage stage, string connector = "c1", params (string, string)[] headers) =>
        stage.Api.Post("/sessions", $$"""
            {"connector":"{{stage.Words[connector]}}","user":"{{stage.Words["u1"]}}","type":"wallet"}
            """, headers);

    /// <summary>
    /// Every transfer adds up to zero, every wallet is the sum of its entries, and holds what its holds say.
    /// </summary>
    public static async Task MustBalance(TestServer server)
    {
        await using var connection = await server.Services.GetRequiredService<Database>().Open();
        var open = await connection.QueryAsync<string>(
            "select transfer from ledger_entries group by transfer having sum(amount) <> 0");
        Assert.Empty(open);
        var wrong = await connection.QueryAsync<string>(
            "select w.id from wallets w where w.balance <> coalesce((select sum(e.amount) from ledger_entries e "
            + "where e.account = 'wallet:' || w.id), 0) or w.held <> coalesce((select sum(h.amount) "
            + "from wallet_holds h where h.wallet = w.id), 0) or w.balance < 0");
        Assert.Empty(wrong);
    }

    /// <summary>The types of the events so far that are about money, oldest first.</summary>
    public static async Task<IReadOnlyList<string>> Told(ApiClient api)
    {
        var listed = await api.Get("/events?sort_order=asc&paginate_limit=1000");
        return [.. listed.MustBe(200).Items.Select(e => (string)e!["type"]!)
            .Where(t => t.StartsWith("payment.", StringComparison.Ordinal)
                || t.StartsWith("top_up.", StringComparison.Ordinal))];
    }

    public static JsonNode Payment(ApiAnswer session) => session.MustBe(200).Result["payment"]!;
}
