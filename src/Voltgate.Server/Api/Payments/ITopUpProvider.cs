using Voltgate.Server.Resources;

namespace Voltgate.Server.Api;

/// <summary>What a provider made of a top-up.</summary>
/// <param name="Reference">Its own id of the payment; null: it keeps none.</param>
/// <param name="Url">Where the driver pays; null: nowhere online.</param>
internal sealed record ProviderPayment(string? Reference, string? Url);

/// <summary>Where a payment stands with its provider.</summary>
internal enum ProviderState
{
    Waiting,
    Paid,
    Expired,
    Failed,
}

/// <summary>How an organisation takes its drivers' money; the secrets are readable here.</summary>
internal sealed record ProviderAccount(
    string Provider, string? SecretKey, string? WebhookSecret, string? SuccessUrl, string? CancelUrl)
{
    /// <summary>Of an organisation that has said nothing: its operators book what drivers pay.</summary>
    public static readonly ProviderAccount Manual = new(ManualProvider.Word, null, null, null, null);
}

/// <summary>
/// Takes drivers' money outside this server. It may be asked the same twice, and must then do it once.
/// </summary>
internal interface ITopUpProvider
{
    string Name { get; }

    /// <summary>What is wrong with the amount, or null: one that it cannot take is refused before it is kept.</summary>
    string? Objection(long amount, string currency);

    /// <summary>A refusal where the provider cannot be reached (503) or will not (409).</summary>
    Task<Outcome<ProviderPayment>> Begin(TopUpResource topUp, ProviderAccount account, CancellationToken cancel);

    Task<ProviderState> Look(TopUpResource topUp, ProviderAccount account, CancellationToken cancel);
}

/// <summary>Cash, an invoice, a voucher: an operator books it (POST /top_up/{id}/complete).</summary>
internal sealed class ManualProvider : ITopUpProvider
{
    public const string Word = "manual";

    public string Name => Word;

    public string? Objection(long amount, string currency) => null;

    public Task<Outcome<ProviderPayment>> Begin(
        TopUpResource topUp, ProviderAccount account, CancellationToken cancel) =>
        Task.FromResult<Outcome<ProviderPayment>>(new ProviderPayment(null, null));

    public Task<ProviderState> Look(TopUpResource topUp, ProviderAccount account, CancellationToken cancel) =>
        Task.FromResult(ProviderState.Waiting);
}
