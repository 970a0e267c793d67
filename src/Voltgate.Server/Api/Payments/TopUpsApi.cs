using System.Text.Json.Nodes;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>Money into wallets: asked for here, paid at the organisation's provider or booked by an operator.</summary>
internal sealed class TopUpsApi(
    ResourceStore store, ListReader lists, WalletStore wallets, ProviderAccounts accounts, TopUpTools tools)
{
    private static readonly Shape Shape = new(
        "TopUpBody",
        Field.Word("type", ["manual"], "Asked for by somebody.") with { Default = "\"manual\"" },
        Field.Id("wallet", "Whose balance grows: the wallet's _id.").Must,
        Field.Whole("amount", "What the driver pays, in minor units of the currency.", 1, WalletsApi.MostMinor).Must,
        Field.Whole(
            "wallet_amount",
            "What the wallet gains, in minor units of the currency; amount unless given. More is a discount.", 1,
            WalletsApi.MostMinor),
        Field.MetaData);

    private static readonly ListSpec List = new(
        "top_ups", Filter.Id("wallet"), Filter.Word("status", ["created", "completed", "failed", "canceled"]),
        Filter.Word("provider", [ManualProvider.Word, StripeProvider.Word]));

    private static readonly (int, string)[] ClosedRefusals = [(409, "top_up_closed")];

    public IReadOnlyList<ApiRoute> Routes => [.. At("/top_up", alias: false), .. At("/top_ups", alias: true)];

    private IEnumerable<ApiRoute> At(string path, bool alias) =>
    [
        new("GET", path, "read:top_ups", lists.Read)
        {
            Summary = "List top-ups.", List = List, Answer = typeof(TopUpResource), Alias = alias,
        },
        new("POST", path, "write:top_ups", Create)
        {
            Summary = "Ask for money: with Stripe, url is where the driver pays; top_up.completed confirms it.",
            Body = Shape, Answer = typeof(TopUpResource), TakesIdempotencyKey = true, Alias = alias,
            Refusals = [(409, "provider_refused"), (503, "provider_unavailable")],
        },
        new("GET", path + "/{id}", "read:top_ups", Get)
        {
            Summary = "Read a top-up.", Answer = typeof(TopUpResource), Alias = alias,
        },
        new("POST", path + "/{id}/complete", "write:wallets", call => End(call, TopUpEnd.Paid, "Top-up booked"))
        {
            Summary = "Book a top-up of the manual provider: the driver has paid.",
            Answer = typeof(TopUpResource), Alias = alias, Refusals = [.. ClosedRefusals, (409, "not_manual")],
        },
        new("POST", path + "/{id}/cancel", "write:top_ups", call => End(call, TopUpEnd.Canceled, "Top-up canceled"))
        {
            Summary = "Give up a top-up of the manual provider that was not paid.",
            Answer = typeof(TopUpResource), Alias = alias, Refusals = [.. ClosedRefusals, (409, "not_manual")],
        },
    ];

    private Task<IResult> Create(Call call) =>
        tools.Idempotency.Once(call, (fields, claim) => Create(call, fields, claim));

    private async Task<IResult> Create(Call call, JsonObject fields, IdempotencyClaim claim)
    {
        if (await wallets.Find(call.Organization, (string)fields["wallet"]!, call.Cancel) is not { } wallet)
            return Refusal.Invalid("wallet", "There is no such wallet; GET /users/{id}/wallet shows a user's.");
        return await Create(call, fields, wallet, claim);
    }

    /// <summary>
    /// The provider first: a top-up that it did not take on is never there, and a checkout that a crash leaves behind
    /// is known to nobody who could pay it.
    /// </summary>
    private async Task<IResult> Create(Call call, JsonObject fields, WalletRow wallet, IdempotencyClaim claim)
    {
        var account = await accounts.Of(call.Organization, call.Cancel);
        var provider = accounts.ProviderOf(account.Provider);
        if (provider.Objection((long)fields["amount"]!, wallet.Currency) is { } objection)
            return Refusal.Invalid("amount", objection);
        var id = store.NewId();
        Complete(fields, wallet, provider.Name);
        var worded = store.Word(TopUpBook.Kind, call.Organization, id, 1, 0, fields.DeepClone().AsObject());
        var begun = await provider.Begin(worded.Resource, account, call.Cancel);
        if (!begun.Holds) return begun.Refusal;

        fields["url"] = begun.Value.Url;
        fields["provider_reference"] = begun.Value.Reference;
        Success? answer = null;
        var made = await store.Create(
            TopUpBook.Kind, call.Organization, fields, call.Audit, id: id, also: (topUp, unit) =>
            {
                claim.Write(unit, answer = Success.Created("Top-up created", topUp.Body));
                return Task.FromResult<Refusal?>(null);
            });
        if (made is { Holds: false, Refusal.Code: "top_up_exists" })
            return Idempotency.StillRuns;
        return made.Holds ? answer! : made.Refusal;
    }

    private static void Complete(JsonObject fields, WalletRow wallet, string provider)
    {
        fields["wallet_amount"] ??= fields["amount"]!.DeepClone();
        fields["currency"] = wallet.Currency;
        fields["status"] = TopUpBook.Waiting;
        fields["provider"] = provider;
    }

    private async Task<IResult> Get(Call call)
    {
        var found = await store.Find(TopUpBook.Kind, call, call.Id);
        return found.Holds ? Success.Ok("Top-up", found.Value.Body) : found.Refusal;
    }

    private async Task<IResult> End(Call call, TopUpEnd end, string message)
    {
        var found = await store.Find(TopUpBook.Kind, call, call.Id);
        if (!found.Holds) return found.Refusal;
        if (found.Value.Resource.Provider != ManualProvider.Word)
            return Refusal.Conflict("not_manual", "Its provider says whether it was paid; wait for top_up.completed.");
        var ended = await tools.Book.End(call.Organization, call.Id, end, call.Audit);
        return ended.Holds ? Success.Ok(message, ended.Value.Body) : ended.Refusal;
    }
}

/// <summary>What keeps a top-up from happening twice.</summary>
internal sealed record TopUpTools(Idempotency Idempotency, TopUpBook Book);
