using System.ComponentModel;
using System.Text.Json.Serialization;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Resources;

/// <summary>
/// A driver's prepaid money, in minor units of the currency (cents). It has its user's id.
/// </summary>
/// <param name="Balance">All that is in it, what is held too.</param>
/// <param name="Held">What running sessions may still cost.</param>
/// <param name="Available">What a new session can be started with.</param>
internal sealed record WalletResource(
    [property: JsonPropertyName("_id")] string Id,
    string User,
    string Currency,
    [property: Description("Minor units of the currency (cents).")] long Balance,
    [property: Description("Minor units of the currency (cents): what running sessions may still cost.")] long Held,
    [property: Description("Minor units of the currency: what a new session can be started with.")] long Available,
    [property: JsonPropertyName("createdAt")] WireTime CreatedAt,
    [property: JsonPropertyName("updatedAt")] WireTime UpdatedAt)
{
    public static WalletResource Of(WalletRow w) => new(
        w.Id, w.Id, w.Currency, w.Balance, w.Held, w.Available, new WireTime(w.CreatedAt), new WireTime(w.UpdatedAt));
}

/// <summary>One booking of a wallet, in minor units; the ledger's other accounts gain the opposite.</summary>
/// <param name="Type">top_up, capture, refund or adjustment.</param>
/// <param name="Amount">What the wallet gained; below zero: lost.</param>
/// <param name="Reference">The payment or the top_up that it is about.</param>
internal sealed record WalletTransactionResource(
    [property: JsonPropertyName("_id")] string Id,
    string Wallet,
    string Type,
    [property: Description("Minor units of the currency that the wallet gained; below zero: lost.")] long Amount,
    string Currency,
    string? Reference,
    string? Note,
    [property: JsonPropertyName("createdAt")] WireTime CreatedAt);

/// <summary>Money on its way into a wallet, in minor units of the wallet's currency.</summary>
internal sealed record TopUpResource
{
    [JsonPropertyName("_id")]
    public string Id { get; init; } = "";

    /// <summary>manual: somebody asked for it.</summary>
    public string Type { get; init; } = "";

    public string Wallet { get; init; } = "";

    /// <summary>created, completed, failed or canceled.</summary>
    public string Status { get; init; } = "";

    /// <summary>manual: an operator books it; stripe: the driver pays at url.</summary>
    public string Provider { get; init; } = "";

    /// <summary>What the driver pays.</summary>
    [Description("Minor units of the currency (cents).")]
    public long Amount { get; init; }

    /// <summary>What the wallet gains; more than amount is a discount.</summary>
    [Description("Minor units of the currency (cents).")]
    public long WalletAmount { get; init; }

    public string Currency { get; init; } = "";

    /// <summary>Where the driver pays.</summary>
    public string? Url { get; init; }

    /// <summary>The provider's id of it.</summary>
    public string? ProviderReference { get; init; }

    public FailureResource? Failure { get; init; }

    public WireJson? MetaData { get; init; }

    [JsonPropertyName("createdAt")]
    public WireTime CreatedAt { get; init; }

    [JsonPropertyName("updatedAt")]
    public WireTime UpdatedAt { get; init; }
}

/// <summary>How an organisation takes its drivers' money. The secrets are never shown again.</summary>
/// <param name="WebhookUrl">Where Stripe is to send checkout.session.* events.</param>
internal sealed record PaymentProviderResource(
    string Provider,
    bool HasSecretKey,
    bool HasWebhookSecret,
    string? SuccessUrl,
    string? CancelUrl,
    string WebhookUrl);
