using Voltgate.Server.Resources;

namespace Voltgate.Server.Api;

/// <summary>A driver's prepaid money in the documentation's examples.</summary>
internal static class MoneySamples
{
    private static readonly WireTime Asked = Samples.At("2026-01-02T07:50:00.000Z");
    private static readonly WireTime Paid = Samples.At("2026-01-02T07:51:30.000Z");
    private static readonly WireTime Ended = Samples.At("2026-01-02T08:20:21.000Z");

    public static readonly WalletResource Wallet = new(
        SampleIds.Wallet, SampleIds.Wallet, "EUR", 2_200, 0, 2_200, Asked, Paid);

    public static readonly WalletTransactionResource Transaction = new(
        SampleIds.Event, SampleIds.Wallet, "top_up", 2_200, "EUR", SampleIds.TopUp, null, Paid);

    public static readonly TopUpResource TopUp = new()
    {
        Id = SampleIds.TopUp, Type = "manual", Wallet = SampleIds.Wallet, Status = "completed", Provider = "stripe",
        Amount = 2_000, WalletAmount = 2_200, Currency = "EUR", Url = "https://checkout.stripe.com/c/pay/cs_test_1",
        ProviderReference = "cs_test_1", MetaData = new WireJson("""{"order":"A-1001"}"""), CreatedAt = Asked,
        UpdatedAt = Paid,
    };

    /// <summary>What POST /top_up answers: nobody has paid yet.</summary>
    public static TopUpResource AsAsked(TopUpResource t) => t with { Status = "created", UpdatedAt = Asked };

    public static readonly PaymentResource Payment = new(
        SampleIds.Payment, SampleIds.Session, SampleIds.Wallet, SampleIds.Wallet, "api_wallet", "captured", "eur", 22m,
        10.98m, 0m, Asked, Ended);

    public static readonly PaymentProviderResource Provider = new(
        "stripe", true, true, "https://app.example.org/paid", "https://app.example.org/not-paid",
        $"https://voltgate.example.org/v1.1/payment_providers/stripe/{SampleIds.Organization}");
}
