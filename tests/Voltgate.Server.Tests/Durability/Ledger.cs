using System.Collections.Concurrent;

namespace Voltgate.Server.Tests.Durability;

/// <summary>A transaction message that the server has acknowledged: what it promised to have kept.</summary>
/// <param name="Endpoint">The station.</param>
/// <param name="Charge">The how-many-eth car of the station.</param>
/// <param name="Number">The transactionId that the start was answered.</param>
internal sealed record Acked(string Endpoint, int Charge, string Action, string MessageId, int Number);

/// <summary>What the stations of a test have seen acknowledged, in their order.</summary>
internal sealed class Ledger
{
    private readonly ConcurrentQueue<Acked> all = new();

    public int Count => all.Count;

    public IReadOnlyList<Acked> All => [.. all];

    public void Add(Acked acked) => all.Enqueue(acked);

    /// <summary>Completes when so many have been acknowledged in all.</summary>
    public async Task Reach(int count, int seconds = 60)
    {
        for (var i = 0; Count < count; i++)
        {
            if (i > seconds * 200) throw new TimeoutException($"{Count} of {count} messages were acknowledged.");
            await Task.Delay(5);
        }
    }
}
