using System.Text;
using Dapper;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Webhooks;

/// <summary>
/// A <c>webhook.test</c> event for one endpoint alone, whatever it listens to (POST /webhooks/{id}/test).
/// </summary>
internal sealed class TestPing(Database database, Committer committer, Entropy entropy)
{
    public const string EventType = "webhook.test";

    private const int Tries = 5;

    /// <summary>Queues it; the delivery's id, which is also the event's and the <c>webhook-id</c>.</summary>
    /// <param name="data">The webhook as GET answers it.</param>
    /// <param name="also">More rows for the same commit.</param>
    public async Task<string> Send(
        string organization, string webhook, string data, params IReadOnlyList<Statement> also)
    {
        for (var i = 0; ; i++)
        {
            var stream = "test/" + webhook;
            var e = EventBody.Of(
                entropy, organization, stream, await LastSeq(webhook, stream) + 1, EventType, "webhook", webhook,
                Encoding.UTF8.GetBytes(data));
            var unit = new List<Statement>();
            EventLog.AddTo(unit, e, webhook);
            unit.AddRange(also);
            if (await committer.Commit(unit) == CommitStatus.Done) return e.Id;
            if (i == Tries) throw new InvalidOperationException("Too many test events at once for one webhook.");
        }
    }

    // The events themselves go some day; the lane counts on.
    private async Task<long> LastSeq(string webhook, string stream)
    {
        await using var connection = await database.Open();
        return await connection.ExecuteScalarAsync<long?>(
            "select last_seq from delivery_lanes where webhook = @webhook and lane = @stream",
            new { webhook, stream })
            ?? 0;
    }
}
