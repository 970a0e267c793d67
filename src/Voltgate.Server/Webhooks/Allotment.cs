namespace Voltgate.Server.Webhooks;

/// <summary>How many lanes each endpoint may claim now: pure. Whoever holds least comes first.</summary>
internal static class Allotment
{
    public const int MostLanes = 1000;
    public const int MostLanesOfOneOrganization = 400;

    internal readonly record struct Wish(string Webhook, string Organization, int Held, int Room);

    /// <param name="wishes">Endpoints with something due.</param>
    /// <param name="heldBy">Lanes that each organisation holds already.</param>
    public static List<(string Webhook, int Lanes)> Of(IEnumerable<Wish> wishes, Dictionary<string, int> heldBy)
    {
        var left = MostLanes - heldBy.Values.Sum();
        var granted = new List<(string Webhook, int Lanes)>();
        foreach (var wish in wishes.OrderBy(w => heldBy.GetValueOrDefault(w.Organization)).ThenBy(w => w.Held))
        {
            var held = heldBy.GetValueOrDefault(wish.Organization);
            var lanes = Math.Min(wish.Room, Math.Min(left, MostLanesOfOneOrganization - held));
            if (lanes <= 0) continue;
            granted.Add((wish.Webhook, lanes));
            heldBy[wish.Organization] = held + lanes;
            left -= lanes;
        }

        return granted;
    }
}
