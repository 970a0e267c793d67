using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Voltgate.Server.Resources;

/// <summary>The whole network at this moment.</summary>
internal sealed record NetworkResource(
    NetworkStationsResource Chargestations,
    IReadOnlyList<StatusCountResource> Connectors,
    NetworkSessionsResource Sessions,
    [property: Description("kW that all sessions draw together, by what was last measured.")] decimal Power,
    [property: Description("Stations that came with an identity that nobody knows, and wait for adoption.")]
    int UnknownStations,
    WireTime Timestamp);

internal sealed record NetworkStationsResource(
    [property: Description("Number of chargestations.")] int Total,
    [property: Description("Number of those that are connected.")] int Online,
    [property: Description("Number of those that are switched off (active: false).")] int Inactive);

/// <param name="Status">What the connectors say of themselves; null: nothing yet.</param>
internal sealed record StatusCountResource(
    string? Status, [property: Description("Number of connectors.")] int Count);

internal sealed record NetworkSessionsResource(
    [property: Description("Number of sessions that wait for their driver.")] int Created,
    [property: Description("Number of sessions that run.")] int Started);

/// <summary>What the sessions came to that ended in a time, day by day.</summary>
internal sealed record DaysResource(string Timezone, IReadOnlyList<DayResource> Days);

/// <param name="Revenue">One line for each currency; empty where nothing had a price.</param>
internal sealed record DayResource(
    [property: Description("The local date.")] string Day,
    [property: Description("Number of sessions that ended.")] int Sessions,
    [property: Description("Wh.")] decimal Energy,
    IReadOnlyList<RevenueResource> Revenue);

internal sealed record RevenueResource(
    [property: Description("In currency, tax included.")] decimal Amount,
    [property: Description("ISO 4217, in lower case.")] string Currency);
