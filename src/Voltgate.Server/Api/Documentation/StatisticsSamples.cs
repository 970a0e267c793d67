using Voltgate.Server.Resources;

namespace Voltgate.Server.Api;

/// <summary>What the documentation shows of counts and sums.</summary>
internal static class StatisticsSamples
{
    public static readonly NetworkResource Network = new(
        new NetworkStationsResource(120, 117, 2),
        [new StatusCountResource("Available", 208), new StatusCountResource("Charging", 30),
            new StatusCountResource("Faulted", 2)],
        new NetworkSessionsResource(1, 31), 1_204.5m, 0, Samples.At("2026-01-02T08:00:21.000Z"));

    public static readonly DaysResource Days = new(
        "Europe/Berlin",
        [
            new DayResource("2026-01-01", 0, 0, []),
            new DayResource("2026-01-02", 2, 42_250.5m, [new RevenueResource(22.63m, "eur")]),
        ]);
}
