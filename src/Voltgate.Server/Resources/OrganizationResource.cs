using System.ComponentModel;
using System.Text.Json.Serialization;
using Voltgate.Domain.Sessions;

namespace Voltgate.Server.Resources;

/// <summary>A tenant. <see cref="ApiKey"/> only in the answer to its creation.</summary>
internal sealed record OrganizationResource
{
    private static LateBilling Standard => Domain.Sessions.LateBilling.Standard;

    [JsonPropertyName("_id")]
    public string Id { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>GET of a station shows its password (api-contract §3 Chargestation).</summary>
    public bool RevealStationPasswords { get; init; }

    /// <summary>Sessions carry raw_energy_report and raw_transction_event: what the station said.</summary>
    public bool RawEnergyReports { get; init; }

    /// <summary>Of sessions whose end is reported late_after_days days after it: bill, review or waive.</summary>
    public string? LateBilling
    {
        get => field ?? Standard.Policy.ToString().ToLowerInvariant();
        init;
    }

    [Description("Days.")]
    public int? LateAfterDays { get => field ?? Standard.AfterDays; init; }

    /// <summary>ISO 4217, upper case; of wallets that are made without saying which.</summary>
    public string? WalletCurrency { get => field?.ToUpperInvariant() ?? "USD"; init; }

    /// <summary>In minor units (cents).</summary>
    [Description("Minor units of the currency (cents).")]
    public long? MinimumBalanceToStartSession { get => field ?? 2_000; init; }

    public string? ApiKey { get; init; }

    public WireJson? MetaData { get; init; }

    [JsonPropertyName("createdAt")]
    public WireTime CreatedAt { get; init; }

    [JsonPropertyName("updatedAt")]
    public WireTime UpdatedAt { get; init; }
}
