# language: fi
Ominaisuus: Uusi polku

  Tausta:
    Oletetaan polku "Uusi polku"
    Ja yksikkö "Asiakasohjaus"
    Ja "Aino" on "Sosiaaliohjaaja" yksikössä "Asiakasohjaus"

  Tapaus: Käsittely alkaa samana päivänä
    Oletetaan on tiistai 1.12.2026 klo 9.12
    Kun asiakas "Matti" lähettää viestin
    Ja "Aino" soittaa asiakkaalle "Matti" klo 10.05
    Niin lupaus "Käsittely alkaa samana päivänä" on pidetty

  Tapaus: Kukaan ei vastaa ennen sulkemista
    Oletetaan on tiistai 1.12.2026 klo 15.50
    Kun asiakas "Matti" lähettää viestin
    Ja kukaan ei vastaa keskiviikko 2.12.2026 klo 0.01 mennessä
    Niin lupaus "Käsittely alkaa samana päivänä" ei pitänyt
