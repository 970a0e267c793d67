using System.Text;
using Voltgate.Domain.Events;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Resources;

/// <summary>
/// Words an event for the store and for webhooks (api-contract §4): <c>{_id, object, type, data, createdAt}</c>.
/// </summary>
internal static class EventBody
{
    /// <param name="stream">The chargestation's id, else the resource's.</param>
    /// <param name="seq">The next number of the stream.</param>
    /// <param name="kind">The resource kind: "session", "user", …</param>
    /// <param name="resource">The resource's id.</param>
    /// <param name="data">The resource exactly as GET answers it, JSON in ASCII.</param>
    public static StoredEvent Of(
        Entropy entropy, string organization, string stream, long seq, string type, string kind, string resource,
        byte[] data)
    {
        var (id, at) = (entropy.NewId(), entropy.NowMs);
        return new StoredEvent(
            id, organization, stream, seq, type, kind, resource, at, Of(id, kind, type, at, data));
    }

    /// <summary>The body itself.</summary>
    public static byte[] Of(string id, string kind, string type, long at, byte[] data)
    {
        var head = $$"""{"_id":"{{id}}","object":"{{kind}}","type":"{{type}}","data":""";
        var tail = $$""","createdAt":"{{new WireTime(at)}}"}""";
        var body = new byte[head.Length + data.Length + tail.Length]; // both are ASCII
        Encoding.ASCII.GetBytes(head, body);
        data.CopyTo(body, head.Length);
        Encoding.ASCII.GetBytes(tail, body.AsSpan(head.Length + data.Length));
        return body;
    }

    /// <summary>user.created, rate.updated, …: an edited resource is its own stream, numbered by its version.</summary>
    /// <param name="happened">One of <see cref="EventTypes.Created"/>, Updated, Deleted.</param>
    public static StoredEvent Edited(Entropy entropy, string kind, string happened, StoredResource row) => Of(
        entropy, row.Organization, row.Id, row.Version, $"{kind}.{happened}", kind, row.Id,
        Encoding.UTF8.GetBytes(row.Body));
}
