using System.Text.Json.Nodes;
using Voltgate.Domain.Rates;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>Drivers' prepaid money: wallets, what was booked on them, and what they paid for sessions.</summary>
internal sealed class WalletsApi(
    WalletStore wallets, ResourceStore store, ListReader lists, Entropy entropy, Idempotency idempotency)
{
    /// <summary>Far more than anybody prepays, and far from where sums overflow.</summary>
    public const long MostMinor = 100_000_000_000;

    private static readonly ListSpec List = new("wallets", Filter.Id("user", "id"), Filter.Text("currency"))
    {
        Select = WalletStore.Columns,
    };

    private static readonly ListSpec Transactions = new(
        "ledger_transfers", Filter.Word("type", ["top_up", "capture", "refund", "adjustment"]),
        Filter.Id("reference"))
    {
        Within = ("wallet", "id"), UpdatedAt = null,
        Select = "t.id as Id, t.wallet as Wallet, t.type as Type, t.amount as Amount, t.currency as Currency, "
            + "t.reference as Reference, t.note as Note, t.created_at as CreatedAt",
    };

    private static readonly ListSpec Payments = new(
        "payments", Filter.Id("session"), Filter.Id("user", "driver"), Filter.Id("wallet"),
        Filter.Word("status", ["authorized", "captured", "canceled"]));

    private static readonly Shape NewShape = new(
        "WalletBody",
        Field.Id("user", "Whose wallet it becomes; each user has one.").Must,
        Currency with { Description = "Stays; the organisation's wallet_currency unless given." });

    private static readonly Shape AdjustShape = new(
        "WalletAdjustment",
        Field.Whole(
            "amount", "Minor units of the currency (cents); below zero takes from the wallet.", -MostMinor,
            MostMinor).Must with
        { Rule = n => (long)n! == 0 ? "Send another number than 0." : null },
        Field.Text("note", "Why; kept with the booking.", max: 500, min: 1).Must);

    private static readonly (int, string)[] NotFree = [(409, "insufficient_balance")];

    public static Field Currency => Field.Text("currency", max: 3, min: 3) with
    {
        Rule = c => Iso4217.Knows(((string)c!).ToUpperInvariant())
            ? null
            : "Send a currency code of ISO 4217, such as EUR.",
    };

    public IReadOnlyList<ApiRoute> Routes =>
    [
        new("GET", "/users/{id}/wallet", "read:wallets", OfUser)
        {
            Summary = "A user with its wallet; a missing wallet is made, empty.", Answer = typeof(UserResource),
        },
        new("GET", "/wallets", "read:wallets", ListAll)
        {
            Summary = "List wallets.", List = List, Answer = typeof(WalletResource),
        },
        new("POST", "/wallets", "write:wallets", Create)
        {
            Summary = "Make a user's wallet, in a currency of your choice.",
            Body = NewShape, Answer = typeof(WalletResource), Refusals = [(409, "wallet_exists")],
        },
        new("GET", "/wallets/{id}", "read:wallets", Get)
        {
            Summary = "Read a wallet; its id is its user's.", Answer = typeof(WalletResource),
        },
        new("GET", "/wallets/{id}/transactions", "read:wallets", ListTransactions)
        {
            Summary = "What was booked on a wallet, newest first.",
            List = Transactions, Answer = typeof(WalletTransactionResource),
        },
        new("POST", "/wallets/{id}/adjust", "write:wallets", Adjust)
        {
            Summary = "Book money in or out by hand: goodwill, a pay-out, a correction.",
            Body = AdjustShape, Answer = typeof(WalletResource), TakesIdempotencyKey = true, Refusals = NotFree,
        },
        new("GET", "/payments", "read:payments", lists.Read)
        {
            Summary = "List what wallets paid for sessions.", List = Payments, Answer = typeof(PaymentResource),
        },
        new("GET", "/payments/{id}", "read:payments", GetPayment)
        {
            Summary = "Read a payment.", Answer = typeof(PaymentResource),
        },
    ];

    private async Task<IResult> OfUser(Call call)
    {
        var user = await store.Find(UsersApi.Kind, call, call.Id);
        if (!user.Holds) return user.Refusal;
        if (await IsErased(call, call.Id)) return Refusal.NotFound;
        var wallet = await wallets.Open(call.Organization, call.Id, await CurrencyOf(call));
        return Success.Ok("User with wallet", Wire.Write(
            user.Value.Resource with { Wallet = WalletResource.Of(wallet) }, WireContext.Default.UserResource));
    }

    private Task<IResult> ListAll(Call call) => lists.Read<WalletRow>(
        call, List, (rows, _) => Task.FromResult<IReadOnlyList<string>>([.. rows.Select(Worded)]));

    private async Task<IResult> Create(Call call)
    {
        var body = await call.Body();
        if (!body.Holds) return body.Refusal;
        var user = (string)body.Value["user"]!;
        var found = await store.Find(UsersApi.Kind, call, user);
        if (!found.Holds || await IsErased(call, user))
            return Refusal.Invalid("user", "There is no such user; send the _id of one.");
        if (await wallets.Find(call.Organization, user, call.Cancel) is not null)
            return Refusal.Conflict("wallet_exists", "The user has a wallet; read it with GET /wallets/{user}.");
        var currency = ((string?)body.Value["currency"])?.ToUpperInvariant() ?? await CurrencyOf(call);
        return Success.Created("Wallet created", Worded(await wallets.Open(call.Organization, user, currency)));
    }

    private async Task<IResult> Get(Call call) =>
        await wallets.Find(call.Organization, call.Id, call.Cancel) is { } wallet
            ? Success.Ok("Wallet", Worded(wallet))
            : Refusal.NotFound;

    private async Task<IResult> ListTransactions(Call call)
    {
        if (await wallets.Find(call.Organization, call.Id, call.Cancel) is null) return Refusal.NotFound;
        return await lists.Read<TransactionRow>(
            call, Transactions, (rows, _) => Task.FromResult<IReadOnlyList<string>>([.. rows.Select(r => r.Worded)]));
    }

    private Task<IResult> Adjust(Call call) =>
        idempotency.Once(call, (fields, claim) => Adjust(call, fields, claim));

    private async Task<IResult> Adjust(Call call, JsonObject fields, IdempotencyClaim claim)
    {
        if (await wallets.Find(call.Organization, call.Id, call.Cancel) is not { } before) return Refusal.NotFound;
        var amount = (long)fields["amount"]!;
        var unit = new List<Statement>();
        WalletWrites.Add(unit, new Booking(
            entropy.NewId(), call.Organization, "adjustment", before.Id, before.Currency, amount,
            [("adjustment", -amount)], entropy.NowMs)
        { Note = (string)fields["note"]! });
        unit.AddRange(call.Audit.Rows(new AuditChange("wallet", before.Id, Worded(before), fields.ToJsonString())));
        claim.Write(unit, Adjusted(before.Moved(amount, entropy.NowMs)));
        switch (await store.Commit(call, unit))
        {
            case CommitStatus.Done:
                return Adjusted((await wallets.Find(call.Organization, call.Id, call.Cancel))!);
            case CommitStatus.Duplicate:
                return Idempotency.StillRuns;
            default:
                return Refusal.Conflict(
                    "insufficient_balance", "The wallet has not so much that is not held for a session; take less.");
        }
    }

    private static Success Adjusted(WalletRow wallet) => Success.Ok("Wallet adjusted", Worded(wallet));

    private async Task<IResult> GetPayment(Call call) =>
        await store.Text(call, "select body from payments", call.Id) is { } body
            ? Success.Ok("Payment", body)
            : Refusal.NotFound;

    private Task<bool> IsErased(Call call, string user) => store.Any(call, UsersApi.Erased, user);

    private async Task<string> CurrencyOf(Call call)
    {
        var organization = await store.Find(OrganizationsApi.Kind, call, call.Organization);
        return organization.Value!.Resource.WalletCurrency!;
    }

    public static string Worded(WalletRow wallet) =>
        Wire.Write(WalletResource.Of(wallet), WireContext.Default.WalletResource);

    private sealed class TransactionRow
    {
        public string Id { get; init; } = "";

        public string Wallet { get; init; } = "";

        public string Type { get; init; } = "";

        public long Amount { get; init; }

        public string Currency { get; init; } = "";

        public string Reference { get; init; } = "";

        public string Note { get; init; } = "";

        public long CreatedAt { get; init; }

        public string Worded => Wire.Write(
            new WalletTransactionResource(
                Id, Wallet, Type, Amount, Currency, Reference is "" ? null : Reference, Note is "" ? null : Note,
                new WireTime(CreatedAt)),
            WireContext.Default.WalletTransactionResource);
    }
}
