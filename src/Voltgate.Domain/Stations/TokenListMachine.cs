using System.Collections.Immutable;

namespace Voltgate.Domain.Stations;

/// <summary>
/// Brings a station's list of tokens to the version that is wanted (OCPP 1.6 §5.10, §5.15): changes from the version
/// that it has confirmed, the whole list where that is not known, in as many messages as the station needs.
/// </summary>
internal static class TokenListMachine
{
    /// <summary>Quirk 15: stations take 10 kB at least; a token has 100 bytes.</summary>
    private const int UsualPart = 100;

    public static void Take(Decision decision, WriteList order)
    {
        var before = decision.Station.TokenList;
        if (!order.IsFull && before is null)
        {
            decision.Refuse("local_list_unknown", "Nothing is known of this station's list; send a full one first.");
            return;
        }

        if (OrderMachine.Open(decision, TokenList.ActionType, connector: null, order.Data) is not { } action) return;
        if (ActionOf(decision, before?.Action) is { } earlier)
            ReceiptMachine.Settle(decision, earlier, new Receipt(Answer.Rejected, ReceiptMachine.Superseded));
        var wanted = order.IsFull ? order.Tokens : TokenList.Changed(before!.Wanted, order.Tokens);
        var last = Math.Max(before?.WantedVersion ?? 0, before?.Version ?? 0);
        decision.Station = decision.Station with
        {
            TokenList = (before ?? new TokenList(0, [])) with
            {
                Wanted = wanted,
                WantedVersion = order.Version ?? last + 1,
                Held = order.IsFull ? null : before!.Held,
                Action = action.Id,
                Fault = null,
            },
        };
        decision.Result = new ActionOrdered(action);
        Go(decision);
    }

    /// <summary>Tokens of somebody who is to be forgotten; the station gets a list without them.</summary>
    public static void Forget(Decision decision, IReadOnlySet<string> tags)
    {
        decision.Result = new StationOrdered(decision.Station);
        if (decision.Station.TokenList is not { } list) return;
        decision.Station = decision.Station with
        {
            TokenList = list with
            {
                Wanted = [.. list.Wanted.Where(t => !tags.Contains(t.IdTag))],
                WantedVersion = Math.Max(list.WantedVersion, list.Sent?.Version ?? 0) + 1,
                Held = null,
                Sent = list.Sent is null ? null : new TokenListPart(0, IsFull: true, []),
            },
        };
        Go(decision);
    }

    /// <summary>
    /// A link stands, or has ended: what was on its way is in doubt, and what the station held may be gone.
    /// </summary>
    public static void Relink(Decision decision)
    {
        if (decision.Station.TokenList is not { } list) return;
        Keep(decision, list with { IsAsked = false, IsInDoubt = true });
        if (list.Fault is null) Go(decision);
    }

    /// <summary>§5.10: a station that has restarted is asked which version it has kept.</summary>
    public static void Boot(Decision decision)
    {
        if (decision.Station.TokenList is not { } list) return;
        Keep(decision, list with { Fault = null, IsInDoubt = true });
        Ask(decision);
    }

    public static void Told(Decision decision, Receipt receipt)
    {
        if (decision.Station.TokenList is not { Sent: { } sent, IsInDoubt: false } list) return;
        switch (receipt.Answer)
        {
            case Answer.Accepted:
                Keep(decision, Took(list, sent));
                Prolong(decision);
                Go(decision);
                break;
            case Answer.Unsupported:
                GiveUp(decision, list, receipt);
                break;
            case Answer.Rejected when sent.IsFull:
                Keep(decision, list with { Sent = null, Held = null, Fault = receipt.Status });
                Settle(decision, receipt);
                break;
            case Answer.Rejected:
                // §5.15: after Failed or VersionMismatch the whole list is sent.
                Keep(decision, list with { Sent = null, Held = null });
                Go(decision);
                break;
            default:
                Keep(decision, list with { IsInDoubt = true });
                break;
        }
    }

    public static void VersionTold(Decision decision, Receipt receipt)
    {
        if (decision.Station.TokenList is not { IsAsked: true } list) return;
        Keep(decision, list with { IsAsked = false });
        if (receipt is { Answer: Answer.Accepted, ListVersion: { } version }) Hear(decision, version);
        else if (receipt.Answer is Answer.Accepted or Answer.Rejected or Answer.Unsupported)
            GiveUp(decision, list with { IsAsked = false }, receipt with { Answer = Answer.Unsupported });
    }

    /// <summary>The station says its version. §5.10: 0 is an empty list, −1 says that it has none.</summary>
    public static void Hear(Decision decision, int version)
    {
        if (decision.Station.TokenList is not { } list || list is { Sent: not null, IsInDoubt: false }) return;
        if (version < 0)
        {
            GiveUp(decision, list, new Receipt(Answer.Unsupported, "NotSupported"));
            return;
        }

        var heard = list.Sent is { Version: > 0 } sent && sent.Version == version ? Took(list, sent)
            : version == 0 ? list with { Version = 0, Held = [] }
            : version == list.Version ? list
            : list with { Version = version, Held = null };
        Keep(decision, heard with { Sent = null, IsInDoubt = false });
        Go(decision);
    }

    private static void Go(Decision decision)
    {
        if (decision.Station is not { Online: true, TokenList: { } list }) return;
        if (list.IsInDoubt)
        {
            if (list.Sent is not null || !list.IsCurrent) Ask(decision);
            return;
        }

        if (list.Sent is not null) return;
        var changes = list.Held is { } held ? TokenList.Changes(held, list.Wanted) : default;
        // Nothing to say: its version is as good as any.
        if (changes is { IsDefault: false, IsEmpty: true }) list = list with { WantedVersion = list.Version!.Value };
        if (list.IsCurrent)
        {
            Keep(decision, list);
            Settle(decision, new Receipt(Answer.Accepted, nameof(Answer.Accepted)));
            return;
        }

        Send(decision, list, changes);
    }

    private static void Send(Decision decision, TokenList list, ImmutableArray<ListedToken> changes)
    {
        var isFull = changes.IsDefault;
        var all = isFull ? list.Wanted : changes;
        var most = Math.Max(1, Abilities.MaxTokensAtOnce(decision.Station) ?? UsualPart);
        var part = all.Length <= most ? all : all[..most];
        var later = (all.Length - part.Length + most - 1) / most;
        // Each message makes a version of its own, more than the one before: so a version tells what is held, even
        // where a message was lost.
        var wanted = Math.Max(list.WantedVersion, later + 1 + (list.Version ?? 0));
        var sent = new TokenListPart(wanted - later, isFull, part);
        Keep(decision, list with { WantedVersion = wanted, Sent = sent });
        decision.Tell(
            new Errand(ErrandKind.TokenList, list.Action ?? ""),
            new WriteTokenList(sent.Version, isFull, [.. part]));
    }

    private static void Ask(Decision decision)
    {
        if (decision.Station is not { Online: true, TokenList: { IsAsked: false } list }) return;
        Keep(decision, list with { IsAsked = true });
        decision.Tell(new Errand(ErrandKind.TokenListVersion, decision.Station.Id), new ReadTokenList());
    }

    private static TokenList Took(TokenList list, TokenListPart sent) => sent.Version == 0
        ? list with { Sent = null, Held = null }
        : list with
        {
            Sent = null,
            Version = sent.Version,
            Held = sent.IsFull ? sent.Tokens : list.Held is { } held ? TokenList.Changed(held, sent.Tokens) : null,
        };

    /// <summary>It takes no list, or not this one: what it holds stays, and is what is wanted of it.</summary>
    private static void GiveUp(Decision decision, TokenList list, Receipt receipt)
    {
        decision.Station = decision.Station with
        {
            TokenList = list is { Held: { } held, Version: { } version }
                ? list with
                {
                    Wanted = held,
                    WantedVersion = version,
                    Sent = null,
                    IsInDoubt = false,
                    Fault = "unsupported",
                }
                : null,
        };
        Settle(decision, receipt, list.Action);
    }

    private static void Prolong(Decision decision)
    {
        if (ActionOf(decision, decision.Station.TokenList?.Action) is { } action)
            decision.Keep(
                action with { DueAtMs = decision.NowMs + decision.Known.Rules.CommandTimeoutMs }, "");
    }

    private static void Settle(Decision decision, Receipt receipt, string? id = null)
    {
        if (ActionOf(decision, id ?? decision.Station.TokenList?.Action) is { } action)
            ReceiptMachine.Settle(decision, action, receipt);
        if (decision.Station.TokenList is { Action: not null } list) Keep(decision, list with { Action = null });
    }

    private static StationAction? ActionOf(Decision decision, string? id) =>
        decision.Station.Actions.FirstOrDefault(a => a.Id == id);

    private static void Keep(Decision decision, TokenList list) =>
        decision.Station = decision.Station with { TokenList = list };
}
