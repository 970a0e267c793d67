using FsCheck;
using FsCheck.Fluent;
using Voltgate.Domain.Payments;
using Voltgate.Domain.Rates;
using Voltgate.Domain.Sessions;
using Voltgate.Domain.Stations;

namespace Voltgate.Tests.Domain;

/// <summary>Whatever a session costs, and however often its bill is corrected: the money adds up.</summary>
public sealed class SettlementProperties
{
    private static readonly Gen<(string Currency, int Held, int[] Costs)> Stories =
        from currency in Gen.Elements("EUR", "JPY", "KWD")
        from held in Gen.Choose(1, 10_000)
        from costs in Gen.Choose(0, 20_000).NonEmptyListOf()
        select (currency, held, costs.ToArray());

    private static void ForEach(Action<(string Currency, int Held, int[] Costs)> check) =>
        Prop.ForAll(Stories.ToArbitrary(), check).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Money_moves_once_and_never_beyond_the_hold() => ForEach(story =>
    {
        var (currency, held, costs) = story;
        var session = SessionOf(new SessionPayment("p", "w", currency, held, 0));
        var (captured, released) = (0L, 0L);
        foreach (var cost in costs)
        {
            session = session with { CostMicros = MinorUnits.ToMicros(cost, currency) };
            (session, var move) = Settlement.Of(session, nowMs: 1);
            captured += move?.Captured ?? 0;
            released += move?.Released ?? 0;
            Assert.InRange(session.Payment!.Captured, 0, held);
            Assert.Equal(captured, session.Payment.Captured);
            Assert.Equal(cost, session.Payment.Captured + session.Payment.Uncollected);
            Assert.Equal(held, released);
            Assert.NotEqual(PaymentStatus.Authorized, session.Payment.Status);
            Assert.Null(Settlement.Of(session, nowMs: 2).Move);
        }
    });

    [Fact]
    public void A_running_session_is_not_settled()
    {
        var session = SessionOf(new SessionPayment("p", "w", "EUR", 100, 0)) with { Status = SessionStatus.Started };
        Assert.Equal((session, null), Settlement.Of(session with { }, nowMs: 1));
    }

    [Theory]
    [InlineData("EUR", 1_234, 12_340_000, "12.34")]
    [InlineData("JPY", 1_234, 1_234_000_000, "1234")]
    [InlineData("KWD", 1_234, 1_234_000, "1.234")]
    public void Minor_units_are_those_of_the_currency(string currency, long minor, long micros, string units)
    {
        Assert.Equal(micros, MinorUnits.ToMicros(minor, currency));
        Assert.Equal(minor, MinorUnits.OfMicros(micros, currency));
        Assert.Equal(decimal.Parse(units, System.Globalization.CultureInfo.InvariantCulture),
            MinorUnits.ToUnits(minor, currency));
        Assert.Equal(micros, Iso4217.Round(micros, currency));
    }

    private static Session SessionOf(SessionPayment payment) => new()
    {
        Id = "s", Organization = "o", Station = "c", Connector = "k", Place = new Place(1, 1), Number = 1,
        Status = SessionStatus.Ended, Source = SessionSource.Api, Payment = payment,
    };
}
